"""The one `Api` of this function, and what its routes share."""

from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.clients import client
from pharmonico.adapters.cognito import CognitoIdentity
from pharmonico.adapters.identity import verifier
from pharmonico.adapters.sealing import FernetSealer
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.policy import POLICY, Action
from pharmonico.fulfillment.staff.sessions import ABSOLUTE_S, StaffSession, open_session
from pharmonico.fulfillment.staff.signing_in import WINDOW_S, Known
from pharmonico.kit.ids import fingerprint
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in
from pharmonico.lambdas.http.guard import SESSION_COOKIE
from pydantic import BaseModel, Field

TAG = "sessions"
LOCKED_OUT = "sign_in.too_many_tries"
LOCKED_OUT_TOLD_MAX = 20
"""Entries by one caller of ours within a window of tries."""
COOKIE_RULES = "Path=/; Secure; HttpOnly; SameSite=Strict"

api = Api(sessions=aws.staff_sessions, clock=aws.CLOCK)


class SignedIn(BaseModel):
    """Who somebody is, what their roles allow, and for how long without a renewal."""

    state: Literal["signed_in"] = "signed_in"
    user_id: str
    username: str
    roles: list[Role]
    pharmacies: list[str] = Field(description="whose pharmacist this is")
    may: list[Action] = Field(description="what the roles allow, by the one policy table")
    idle_left_s: int
    absolute_left_s: int


Cookie = Annotated[str, "the opaque reference"]


def provider() -> CognitoIdentity:
    known = settings()
    return CognitoIdentity(
        client("cognito-idp", known.IDENTITY_URL), client_id=known.need("STAFF_CLIENT_ID")
    )


def admitted(known: Known) -> SignedIn:
    """Open the session of somebody proven, and give them its cookie."""
    reference, session = open_session(
        known.proof,
        known.username,
        verifier=verifier(),
        sealer=FernetSealer(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    set_cookie(reference, max_age_s=ABSOLUTE_S)
    audited("signed_in", Actor(id=session.user_id, role=min(session.roles)))
    return shown(session)


def shown(session: StaffSession) -> SignedIn:
    now = aws.CLOCK.now()
    return SignedIn(
        user_id=session.user_id,
        username=session.username,
        roles=sorted(session.roles),
        pharmacies=sorted(session.pharmacies),
        may=sorted(action for action, roles in POLICY.items() if roles & session.roles),
        idle_left_s=session.idle_left_s(now),
        absolute_left_s=session.absolute_left_s(now),
    )


def reference_of_call() -> Cookie:
    return api.call.cookie(SESSION_COOKIE)


def set_cookie(reference: str, *, max_age_s: int) -> None:
    rules = f"{COOKIE_RULES}; Max-Age={max_age_s}"
    api.call.answer_headers["Set-Cookie"] = f"{SESSION_COOKIE}={reference}; {rules}"


def audited(action: str, actor: Actor, *, outcome: str = "ok", **detail: str) -> None:
    """Sealed onto the sign-ins of the day: a refused one names nobody, only its name's digest."""
    act = act_in(
        api.call,
        action,
        f"sign_ins_{aws.CLOCK.now():%Y-%m-%d}",
        source="session_api",
        clock=aws.CLOCK,
        outcome=outcome,
        detail=detail,
        actor=actor,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)


def refused(username: str, code: str) -> None:
    """A stranger who is kept out does not write the audit full."""
    if code == LOCKED_OUT and not _is_news():
        return
    audited(
        "sign_in_refused",
        Actor(id="anonymous", role=Role.ANYONE),
        outcome=code,
        name=fingerprint(username.strip().casefold())[:16],
    )


def _is_news() -> bool:
    told = f"sign_in_told#{fingerprint(api.call.source_ip)}"
    return aws.tokens().count(told, ttl_s=WINDOW_S) <= LOCKED_OUT_TOLD_MAX
