"""A patient asks for a fresh link by the old one: its token and the date of birth prove enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.enrollment.enroll import open_enrollment, start_enrollment
from pharmonico.fulfillment.enrollment.links import (
    BIRTH_DATE_TRIES_MAX,
    END_TTL_S,
    end_of,
    gone,
    invitation_of,
    same_day,
    wrong_birth_date,
)
from pharmonico.fulfillment.enrollment.patient import born_on
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from datetime import date

    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock


def renew_link(
    token: str, date_of_birth: date, *, orders: Orders, tokens: Tokens, clock: Clock
) -> None:
    """Send a fresh link to where the old one went, within a week of it and within the limits.

    Raises what `open_link` raises, and TooMany `link.too_soon` or `link.too_many`.
    """
    order_id = proven(token, date_of_birth, orders=orders, tokens=tokens, clock=clock)
    order, enrollment = open_enrollment(order_id, orders=orders)
    if enrollment.locked or enrollment.revoked:
        raise gone("locked" if enrollment.locked else "revoked")
    patient = Actor(id=order.patient_id, role="patient")
    start_enrollment(order_id, actor=patient, orders=orders, tokens=tokens, clock=clock)


def proven(token: str, date_of_birth: date, *, orders: Orders, tokens: Tokens, clock: Clock) -> str:
    """The prescription behind a link that may be over: its token and the date of birth prove it.

    Raises Gone `link.expired`, `link.locked` or `link.revoked`, and Invalid `link.birth_date`.
    """
    digest = fingerprint(token)
    invitation = invitation_of(digest, tokens=tokens)
    if invitation is None:
        raise gone("expired")
    if (end := end_of(digest, tokens=tokens)) in ("locked", "revoked"):
        raise gone(end)
    order_id = invitation.order_id
    tries = tokens.count(f"link_tries#{digest}", ttl_s=END_TTL_S)
    if tries > BIRTH_DATE_TRIES_MAX:
        raise gone("locked")
    if not same_day(date_of_birth, born_on(order_id, orders=orders)):
        raise wrong_birth_date(digest, order_id, tries, orders=orders, tokens=tokens, clock=clock)
    tokens.drop(f"link_tries#{digest}")
    return order_id
