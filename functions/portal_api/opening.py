"""From a link to a session and back: open, renew, confirm by code, close."""

from datetime import date
from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.codes import CODE_TTL_S, confirm_code, request_code
from pharmonico.fulfillment.enrollment.enroll import find_enrollment
from pharmonico.fulfillment.enrollment.links import open_link
from pharmonico.fulfillment.enrollment.renewal import renew_link
from pharmonico.fulfillment.enrollment.sessions import ABSOLUTE_S, close_session
from pharmonico.fulfillment.enrollment.view import Progress
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.portal_api.api import COOKIE, COOKIE_RULES, TAG, api, current, shown


class Proof(BaseModel):
    """What stands behind `#t=` in the link, and the patient's date of birth."""

    token: Annotated[str, Field(min_length=1, max_length=200)]
    date_of_birth: date


class Code(BaseModel):
    code: Annotated[str, Field(pattern=r"^\d{6}$")]


class CodeSent(BaseModel):
    channel: Literal["email", "sms"]
    expires_in_s: int = CODE_TTL_S


class LinkSent(BaseModel):
    """A fresh link is on its way to where the old one went."""

    sent: Literal[True] = True


@api.post("/api/v1/portal/open", Action.OPEN_PORTAL, tag=TAG)
def open_portal(proof: Annotated[Proof, Body()]) -> Progress:
    """Spend the link and open a session.

    The answer sets the session's cookie. Five wrong dates of birth lock the link.
    """
    opened = open_link(
        proof.token,
        proof.date_of_birth,
        orders=aws.orders(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    api.call.answer_headers["Set-Cookie"] = (
        f"{COOKIE}={opened.reference}; {COOKIE_RULES}; Max-Age={ABSOLUTE_S}"
    )
    return shown(opened.order, opened.enrollment, opened.session, verified=False)


@api.post("/api/v1/portal/link", Action.OPEN_PORTAL, status=202, tag=TAG)
def send_fresh_link(proof: Annotated[Proof, Body()]) -> LinkSent:
    """Ask for a fresh link by the old one, spent or expired, and the date of birth."""
    renew_link(
        proof.token,
        proof.date_of_birth,
        orders=aws.orders(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    return LinkSent()


@api.post("/api/v1/portal/code", Action.SAVE_ENROLLMENT, status=202, tag=TAG)
def send_code() -> CodeSent:
    """Send a six-digit code, by the other channel than the link where there is one."""
    channel = request_code(current(), orders=aws.orders(), tokens=aws.tokens(), clock=aws.CLOCK)
    return CodeSent(channel=channel)


@api.post("/api/v1/portal/code/confirm", Action.SAVE_ENROLLMENT, tag=TAG)
def confirm(command: Annotated[Code, Body()]) -> Progress:
    """Confirm the code; three wrong ones end it."""
    session = current()
    confirm_code(session, command.code, tokens=aws.tokens())
    found = find_enrollment(session.order_id, orders=aws.orders())
    return shown(*found, session, verified=True)


@api.post("/api/v1/portal/close", Action.SAVE_ENROLLMENT, status=204, tag=TAG)
def close() -> None:
    """End the session on this device."""
    close_session(current(), tokens=aws.tokens())
    api.call.answer_headers["Set-Cookie"] = f"{COOKIE}=; {COOKIE_RULES}; Max-Age=0"
