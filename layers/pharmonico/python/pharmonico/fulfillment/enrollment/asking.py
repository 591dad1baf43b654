"""Ops ask a patient who is enrolling for one thing: the insurance anew, or the card's picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pharmonico.events.fulfillment import PatientAsked
from pharmonico.fulfillment.enrollment.enroll import open_enrollment
from pharmonico.fulfillment.enrollment.links import allow_link
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

What = Literal["insurance", "card"]


def ask_patient(
    order_id: str, what: What, *, actor: Actor, orders: Orders, tokens: Tokens, clock: Clock
) -> Order:
    """Send the patient back to the portal with a link of its own, which kills the one before.

    As every link that ops send it lifts a lock, and opens what was taken back.

    Raises what `open_enrollment` raises, and TooMany `link.too_soon` or `link.too_many`.
    """
    open_enrollment(order_id, orders=orders)
    allow_link(order_id, tokens=tokens)

    def attempt() -> Order:
        order, enrollment = open_enrollment(order_id, orders=orders)
        after = order.changed(at=clock.now(), hold_reason=None)
        event = record(PatientAsked, after, before=order, clock=clock, actor=actor, what=what)
        sent = {"links_sent": enrollment.links_sent + 1, "locked": False, "revoked": False}
        linked = enrollment.model_copy(update=sent)
        return orders.save(after, events=[event], documents=[linked])

    return on_conflict(attempt)
