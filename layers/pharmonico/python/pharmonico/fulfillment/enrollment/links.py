"""The invitation link: 256 random bits, kept as a hash, alive for 30 minutes and for one use.

A GET never spends it. It is opened by the token and the date of birth together; five wrong dates
kill it. Tokens cannot be guessed, so an unknown one is answered like an expired one.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from pharmonico.events.fulfillment import EnrollmentLocked
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.enrollment.patient import born_on
from pharmonico.fulfillment.enrollment.sessions import open_session
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import FieldError, Gone, Invalid, TooMany
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from datetime import date

    from pharmonico.fulfillment.enrollment.sessions import Session
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

TOKEN_BYTES = 32
LINK_TTL_S = 30 * 60
LINKS_PER_HOUR_MAX = 5
HOUR_S = 3_600
PAUSE_S = 60
BIRTH_DATE_TRIES_MAX = 5
END_TTL_S = 7 * 86_400
"""How long a link can still say why it no longer opens, and prove enough for a fresh one."""

LOCKED = "enrollment.locked"
"""Shown as the reason why the prescription rests, until ops send a new link."""

Channel = Literal["email", "sms"]


class Opened(NamedTuple):
    """A session that begins: its reference, for the cookie alone, and what it is about."""

    reference: str
    session: Session
    order: Order
    enrollment: Enrollment


class Invitation(BaseModel):
    """What a link stands for; whether it is the live one, the prescription's own key says."""

    model_config = ConfigDict(frozen=True)

    order_id: str
    channel: Channel


def allow_link(order_id: str, *, tokens: Tokens) -> None:
    """At most five links an hour and one a minute; TooMany says when to come back."""
    sent = tokens.count_apart(f"link_hour#{order_id}", ttl_s=HOUR_S, pause_s=PAUSE_S)
    if sent is None:
        raise TooMany(
            "link.too_soon", "A link was just sent; wait a minute.", retry_after_s=PAUSE_S
        )
    if sent > LINKS_PER_HOUR_MAX:
        raise TooMany("link.too_many", "Five links were sent this hour.", retry_after_s=HOUR_S)


def mint_link(order_id: str, *, channel: Channel, tokens: Tokens) -> str:
    """A new token for the link of an enrollment; whatever link was alive is dead now."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    digest = fingerprint(token)
    invitation = Invitation(order_id=order_id, channel=channel)
    tokens.put(f"link#{digest}", invitation.model_dump_json(), ttl_s=END_TTL_S)
    tokens.put(f"live_link#{order_id}", digest, ttl_s=LINK_TTL_S)
    return token


def invitation_of(digest: str, *, tokens: Tokens) -> Invitation | None:
    """What a link stands for or stood for, within a week of its sending."""
    held = tokens.get(f"link#{digest}")
    return Invitation.model_validate_json(held) if held else None


def end_of(digest: str, *, tokens: Tokens) -> str | None:
    """Why the link opens no more: used, locked or revoked; None while nothing of that happened."""
    return tokens.get(f"link_end#{digest}")


def has_live_link(order_id: str, *, tokens: Tokens) -> bool:
    """Whether a link of the enrollment still opens."""
    digest = tokens.get(f"live_link#{order_id}")
    return digest is not None and end_of(digest, tokens=tokens) is None


def open_link(
    token: str, date_of_birth: date, *, orders: Orders, tokens: Tokens, clock: Clock
) -> Opened:
    """Spend the link for a new session.

    Raises Gone `link.expired`, `link.used`, `link.replaced`, `link.locked` or `link.revoked`, and
    Invalid `link.birth_date` with the tries that are left.
    """
    digest = fingerprint(token)
    order, enrollment, channel = _live(digest, orders=orders, tokens=tokens)
    tries = tokens.count(f"link_tries#{digest}", ttl_s=END_TTL_S)
    if tries > BIRTH_DATE_TRIES_MAX:
        raise gone("locked")
    if not same_day(date_of_birth, born_on(order.id, orders=orders)):
        raise wrong_birth_date(digest, order.id, tries, orders=orders, tokens=tokens, clock=clock)
    if not tokens.put_new(f"link_end#{digest}", "used", ttl_s=END_TTL_S):
        raise gone(end_of(digest, tokens=tokens) or "used")
    tokens.drop(f"link_tries#{digest}")
    reference, session = open_session(order, channel, tokens=tokens, clock=clock)
    return Opened(reference, session, order, enrollment)


def _live(digest: str, *, orders: Orders, tokens: Tokens) -> tuple[Order, Enrollment, Channel]:
    invitation = invitation_of(digest, tokens=tokens)
    if invitation is None:
        raise gone("expired")
    if end := end_of(digest, tokens=tokens):
        raise gone(end)
    live = tokens.get(f"live_link#{invitation.order_id}")
    if live != digest:
        raise gone("replaced" if live else "expired")
    order, enrollment = orders.get_with(invitation.order_id, Enrollment)
    if order.status is not Status.AWAITING_ENROLLMENT or enrollment is None or enrollment.revoked:
        raise gone("revoked")
    return order, enrollment, invitation.channel


def wrong_birth_date(
    digest: str, order_id: str, tries: int, *, orders: Orders, tokens: Tokens, clock: Clock
) -> Gone | Invalid:
    left = BIRTH_DATE_TRIES_MAX - tries
    if left == 0:
        tokens.put(f"link_end#{digest}", "locked", ttl_s=END_TTL_S)
        _lock(order_id, orders=orders, clock=clock)
        return gone("locked")
    return Invalid(
        "link.birth_date",
        f"The date of birth does not match; tries left: {left}.",
        (FieldError("/date_of_birth", "link.birth_date", "This does not match."),),
    )


def kill_link(order_id: str, *, tokens: Tokens) -> None:
    """The live link no longer opens, and says that it was taken back."""
    if digest := tokens.take(f"live_link#{order_id}"):
        tokens.put(f"link_end#{digest}", "revoked", ttl_s=END_TTL_S)


def _lock(order_id: str, *, orders: Orders, clock: Clock) -> None:
    """Ops sees the lock in the lists and on the enrollment; a new link lifts it."""

    def attempt() -> None:
        order = orders.get(order_id)
        enrollment = orders.document(order_id, Enrollment)
        if enrollment is None or enrollment.locked or enrollment.submitted_at is not None:
            return
        after = order.changed(at=clock.now())
        if order.status is Status.AWAITING_ENROLLMENT:
            after = order.changed(at=clock.now(), hold_reason=LOCKED)
        orders.save(
            after,
            events=[record(EnrollmentLocked, after, before=order, clock=clock)],
            documents=[enrollment.model_copy(update={"locked": True})],
        )

    on_conflict(attempt)


def same_day(given: date, known: date | None) -> bool:
    return known is not None and hmac.compare_digest(given.isoformat(), known.isoformat())


def gone(end: str) -> Gone:
    """Why the link no longer opens: used, locked, replaced, expired or revoked."""
    return {
        "used": Gone("link.used", "This link was used already; ask for a new one."),
        "locked": Gone("link.locked", "Too many wrong dates of birth; we will contact you."),
        "replaced": Gone("link.replaced", "A newer link was sent; please use that one."),
        "expired": Gone("link.expired", "This link has expired; ask for a new one."),
        "revoked": Gone("link.revoked", "This invitation is no longer open."),
    }[end]
