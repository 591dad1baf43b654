"""The six-digit code that stands between a session and any PHI.

It goes by the other channel than the link where the patient has both. It is made by whoever sends
it: the request is an event, the code itself is in no event and, but for its hash, in no table.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Literal

from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import VerificationCodeRequested
from pharmonico.fulfillment.enrollment.enroll import find_enrollment
from pharmonico.fulfillment.enrollment.sessions import ABSOLUTE_S
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict_of
from pharmonico.kit.errors import FieldError, Forbidden, Gone, Invalid, TooMany
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Enrollment
    from pharmonico.fulfillment.enrollment.sessions import Session
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

CODE_DIGITS = 6
CODE_TTL_S = 10 * 60
CODE_TRIES_MAX = 3
CODES_PER_SESSION_MAX = 5
CODE_PAUSE_S = 60

Channel = Literal["email", "sms"]


def request_code(session: Session, *, orders: Orders, tokens: Tokens, clock: Clock) -> Channel:
    """Ask for a code; answers the channel it will come by. TooMany `code.too_soon`, `.too_many`."""
    order, enrollment = find_enrollment(session.order_id, orders=orders)
    _allow_code(session.digest, tokens=tokens)

    def attempt(order: Order) -> None:
        event = record(
            VerificationCodeRequested,
            order,
            before=order,
            clock=clock,
            actor=Actor(id=order.patient_id, role="patient"),
            session=session.digest,
        )
        orders.save(order.changed(at=clock.now()), events=[event])

    on_conflict_of(order, attempt, read=lambda: orders.get(session.order_id))
    return code_channel(session.link_channel, enrollment)


def code_channel(link_channel: Channel, enrollment: Enrollment) -> Channel:
    """The other channel than the link's, or the same where the patient has only that one."""
    has: dict[Channel, str | None] = {
        "email": enrollment.contact_email,
        "sms": enrollment.contact_phone,
    }
    other: Channel = "sms" if link_channel == "email" else "email"
    return other if has[other] else link_channel


def mint_code(session_digest: str, *, tokens: Tokens) -> str:
    """A new code for the session; an earlier one no longer counts."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    tokens.put(_code_key(session_digest), fingerprint(session_digest, code), ttl_s=CODE_TTL_S)
    return code


def confirm_code(session: Session, code: str, *, tokens: Tokens) -> None:
    """Mark the session as verified; confirming again is not an error.

    Raises Invalid `code.wrong`, Gone `code.expired` or `code.tries_used`.
    """
    if is_verified(session, tokens=tokens):
        return
    held = tokens.get(_code_key(session.digest))
    if held is None:
        raise Gone("code.expired", "The code has expired; ask for a new one.")
    tries = tokens.count(_tries_key(held), ttl_s=CODE_TTL_S)
    if not hmac.compare_digest(held, fingerprint(session.digest, code)) or tries > CODE_TRIES_MAX:
        raise _wrong_code(session.digest, tries, tokens=tokens)
    # The code is left to expire: a verified session asks for none, and no other session takes it.
    tokens.put(_verified_key(session.digest), "1", ttl_s=ABSOLUTE_S)


def is_verified(session: Session, *, tokens: Tokens) -> bool:
    return tokens.get(_verified_key(session.digest)) is not None


def require_code(session: Session, *, otp: str, phi: bool, tokens: Tokens) -> None:
    """Let pass by the portal's rule: `off` never asks, `on_phi` before PHI, `required` always."""
    asked = otp == "required" or (otp == "on_phi" and phi)
    if asked and not is_verified(session, tokens=tokens):
        raise Forbidden("code.required", "Confirm the code that was sent to you first.")


def _allow_code(digest: str, *, tokens: Tokens) -> None:
    sent = tokens.count_apart(f"codes#{digest}", ttl_s=ABSOLUTE_S, pause_s=CODE_PAUSE_S)
    if sent is None:
        raise TooMany("code.too_soon", "A code was just sent.", retry_after_s=CODE_PAUSE_S)
    if sent > CODES_PER_SESSION_MAX:
        raise TooMany("code.too_many", "No more codes here.", retry_after_s=ABSOLUTE_S)


def _wrong_code(digest: str, tries: int, *, tokens: Tokens) -> Gone | Invalid:
    left = CODE_TRIES_MAX - tries
    if left <= 0:
        tokens.drop(_code_key(digest))
        return Gone("code.tries_used", "Three wrong codes; ask for a new one.")
    return Invalid(
        "code.wrong",
        f"The code does not match; tries left: {left}.",
        (FieldError("/code", "code.wrong", "This does not match."),),
    )


def _code_key(digest: str) -> str:
    return f"code#{digest}"


def _tries_key(held: str) -> str:
    """A new code has tries of its own."""
    return f"code_tries#{held}"


def _verified_key(digest: str) -> str:
    return f"verified#{digest}"
