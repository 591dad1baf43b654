"""Staff sessions: an opaque reference in the cookie, kept here as a hash only.

The pool's refresh token lies beside it, sealed with the reference: what is stored opens nothing.
A session ends half an hour after it was last renewed and twelve hours after it was opened; each
renewal asks the pool again, so that whoever was locked out there is out here too.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.kit.errors import Forbidden, Unauthenticated, Unavailable
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.access import Verifier
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.fulfillment.staff.ports import IdentityProvider, Proof, Sealer
    from pharmonico.kit.clock import Clock

REFERENCE_BYTES = 32
IDLE_S = 30 * 60
ABSOLUTE_S = 12 * 3600
"""The pool's refresh tokens live as long."""


class StaffSession(BaseModel):
    """Whose it is; `digest` names it in the store and opens nothing."""

    model_config = ConfigDict(frozen=True)

    digest: str
    user_id: str
    username: str
    roles: frozenset[Role]
    pharmacies: frozenset[str] = frozenset()
    opened_at: datetime
    renewed_at: datetime
    sealed: str

    @property
    def caller(self) -> Caller:
        return Caller(
            id=self.user_id, kind=Kind.STAFF, roles=self.roles, pharmacies=self.pharmacies
        )

    def idle_left_s(self, now: datetime) -> int:
        """Until it ends unless it is renewed."""
        idle = IDLE_S - int((now - self.renewed_at).total_seconds())
        return min(idle, self.absolute_left_s(now))

    def absolute_left_s(self, now: datetime) -> int:
        """Until it ends whatever happens."""
        return ABSOLUTE_S - int((now - self.opened_at).total_seconds())


def open_session(
    proof: Proof,
    username: str,
    *,
    verifier: Verifier,
    sealer: Sealer,
    tokens: Tokens,
    clock: Clock,
) -> tuple[str, StaffSession]:
    """A new session and its reference, which is stored nowhere.

    `Forbidden` for somebody whom the pool knows and who has no role here.
    """
    caller = verifier.verify(proof.access_token)
    _must_have_role(caller)
    reference, now = secrets.token_urlsafe(REFERENCE_BYTES), clock.now()
    session = StaffSession(
        digest=fingerprint(reference),
        user_id=caller.id,
        username=username,
        roles=caller.roles,
        pharmacies=caller.pharmacies,
        opened_at=now,
        renewed_at=now,
        sealed=sealer.seal(proof.refresh_token, key=reference),
    )
    _keep(session, tokens=tokens, now=now)
    return reference, session


def renew_session(
    reference: str,
    *,
    provider: IdentityProvider,
    verifier: Verifier,
    sealer: Sealer,
    tokens: Tokens,
    clock: Clock,
) -> StaffSession:
    """Another half hour, with the roles the pool gives now; `Unauthenticated` ends the session."""
    session = find_session(reference, tokens=tokens, clock=clock)
    refresh_token = sealer.unseal(session.sealed, key=reference) if session else None
    if session is None or refresh_token is None:
        raise _over()
    try:
        caller = verifier.verify(provider.renew(refresh_token))
        _must_have_role(caller)
    except (Unauthenticated, Forbidden) as error:
        tokens.drop(_key(session.digest))
        raise _over() from error
    now = clock.now()
    roles = {"roles": caller.roles, "pharmacies": caller.pharmacies}
    renewed = session.model_copy(update={"renewed_at": now, **roles})
    _keep(renewed, tokens=tokens, now=now)
    if tokens.get(_ended_key(session.digest)):  # signed out while the pool was asked
        tokens.drop(_key(session.digest))
        raise _over()
    return renewed


def end_session(
    reference: str, *, provider: IdentityProvider, sealer: Sealer, tokens: Tokens, clock: Clock
) -> StaffSession | None:
    """Sign out, here first and then at the pool; None where there was no session any more.

    A pool that is down keeps nobody in: the refresh token is gone with what sealed it.
    """
    session = find_session(reference, tokens=tokens, clock=clock)
    if session is None:
        return None
    # The mark comes first: whoever renews meanwhile finds it after the write.
    tokens.put(_ended_key(session.digest), "1", ttl_s=ABSOLUTE_S)
    tokens.drop(_key(session.digest))
    refresh_token = sealer.unseal(session.sealed, key=reference)
    if refresh_token:
        with suppress(Unavailable):
            provider.end(refresh_token)
    return session


def find_session(reference: str, *, tokens: Tokens, clock: Clock) -> StaffSession | None:
    """The live session of the reference, left as it is."""
    held = tokens.get(_key(fingerprint(reference))) if reference else None
    session = StaffSession.model_validate_json(held) if held else None
    over = session is None or session.idle_left_s(clock.now()) <= 0
    return None if over else session


class StaffSessions:
    """The people behind the dashboard's cookies, for the HTTP door."""

    def __init__(self, *, tokens: Tokens, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    def caller(self, reference: str) -> Caller | None:
        session = find_session(reference, tokens=self._tokens, clock=self._clock)
        return session.caller if session else None


def _must_have_role(caller: Caller) -> None:
    if caller.kind is not Kind.STAFF or not caller.roles:
        raise Forbidden("sign_in.no_role", "This account has no role in Pharmonico.")


def _keep(session: StaffSession, *, tokens: Tokens, now: datetime) -> None:
    text = session.model_dump_json()
    tokens.put(_key(session.digest), text, ttl_s=max(1, session.idle_left_s(now)))


def _ended_key(digest: str) -> str:
    return f"staff_session_ended#{digest}"


def _key(digest: str) -> str:
    return f"staff_session#{digest}"


def _over() -> Unauthenticated:
    return Unauthenticated("session.expired", "Your session has ended: sign in again.")
