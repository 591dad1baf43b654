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

    Raises what `open_enrollment` raises, and TooMany `link.too_soon` or `link.too_many`.
    """
    open_enrollment(order_id, orders=orders)
    allow_link(order_id, tokens=tokens)

    def attempt() -> Order:
        order, enrollment = open_enrollment(order_id, orders=orders)
        event = record(PatientAsked, order, before=order, clock=clock, actor=actor, what=what)
        linked = enrollment.model_copy(update={"links_sent": enrollment.links_sent + 1})
        return orders.save(order.changed(at=clock.now()), events=[event], documents=[linked])

    return on_conflict(attempt)
