"""Portal sessions: an opaque reference in the patient's cookie, kept here as a hash only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.kit.errors import Unauthenticated
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.kit.clock import Clock

REFERENCE_BYTES = 32
IDLE_S = 15 * 60
ABSOLUTE_S = 60 * 60
RENEWAL_PAUSE = timedelta(minutes=1)
"""A session that was renewed just now is not written again: idle time is this much shorter."""


class Session(BaseModel):
    """Whose session it is, by which channel its link went, and when it began.

    `digest` names the session in the store and in events; it opens nothing.
    """

    model_config = ConfigDict(frozen=True)

    digest: str
    order_id: str
    patient_id: str
    link_channel: Literal["email", "sms"]
    opened_at: datetime
    renewed_at: datetime | None = None


def open_session(
    order: Order, link_channel: Literal["email", "sms"], *, tokens: Tokens, clock: Clock
) -> tuple[str, Session]:
    """A new session, and its reference, which is stored nowhere.

    An enrollment has one session: an earlier one, maybe left open on another device, is over.
    """
    reference = secrets.token_urlsafe(REFERENCE_BYTES)
    session = Session(
        digest=fingerprint(reference),
        order_id=order.id,
        patient_id=order.patient_id,
        link_channel=link_channel,
        opened_at=clock.now(),
    )
    tokens.put(_key(session.digest), session.model_dump_json(), ttl_s=IDLE_S)
    if before := tokens.swap(_last_key(order.id), session.digest, ttl_s=ABSOLUTE_S):
        tokens.drop(_key(before))
    return reference, session


def read_session(reference: str | None, *, tokens: Tokens, clock: Clock) -> Session:
    """The live session, good for another idle time but never past its absolute end.

    Raises Unauthenticated `session.missing` or `session.expired`.
    """
    if not reference:
        raise Unauthenticated("session.missing", "Open the link of your invitation first.")
    session = _find(reference, tokens=tokens, clock=clock)
    if session is None:
        raise Unauthenticated("session.expired", "Your session has ended; ask for a new link.")
    return renewed(session, tokens=tokens, clock=clock)


def renewed(session: Session, *, tokens: Tokens, clock: Clock) -> Session:
    """The session that was just found, good for another idle time."""
    now = clock.now()
    if now - (session.renewed_at or session.opened_at) < RENEWAL_PAUSE:
        return session
    again = session.model_copy(update={"renewed_at": now})
    ttl_s = min(IDLE_S, seconds_left(session, clock=clock))
    tokens.put(_key(session.digest), again.model_dump_json(), ttl_s=ttl_s)
    return again


def close_session(session: Session, *, tokens: Tokens) -> None:
    """The patient leaves, maybe on a phone that others use too."""
    tokens.drop(_key(session.digest))


def close_sessions(order_id: str, *, tokens: Tokens) -> None:
    """Nobody goes on with this enrollment without a new link."""
    if digest := tokens.take(_last_key(order_id)):
        tokens.drop(_key(digest))


def seconds_left(session: Session, *, clock: Clock) -> int:
    """Until the absolute end."""
    return ABSOLUTE_S - int((clock.now() - session.opened_at).total_seconds())


class PortalSessions:
    """The patients behind the portal's cookies, for the HTTP door.

    `found` is handed the session behind a cookie, so that nobody has to read it again.
    """

    def __init__(
        self, *, tokens: Tokens, clock: Clock, found: Callable[[Session], None] | None = None
    ) -> None:
        self._tokens = tokens
        self._clock = clock
        self._found = found

    def caller(self, reference: str) -> Caller | None:
        session = _find(reference, tokens=self._tokens, clock=self._clock)
        if session is None:
            return None
        if self._found is not None:
            self._found(session)
        return Caller(
            id=session.patient_id,
            kind=Kind.PATIENT,
            roles=frozenset({Role.PATIENT}),
            prescription_id=session.order_id,
        )


def _find(reference: str, *, tokens: Tokens, clock: Clock) -> Session | None:
    return session_of(fingerprint(reference), tokens=tokens, clock=clock)


def session_of(digest: str, *, tokens: Tokens, clock: Clock) -> Session | None:
    """The live session of that digest, left as it is."""
    held = tokens.get(_key(digest))
    session = Session.model_validate_json(held) if held else None
    over = session is None or seconds_left(session, clock=clock) <= 0
    return None if over else session


def _last_key(order_id: str) -> str:
    return f"session_of#{order_id}"


def _key(digest: str) -> str:
    return f"session#{digest}"
