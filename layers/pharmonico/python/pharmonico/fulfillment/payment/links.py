"""Ops sends the patient another payment link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.payment.papers import claim_is_undone, papers
from pharmonico.fulfillment.payment.stage import issue
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor, Event
    from pharmonico.fulfillment.documents import Payment
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REISSUABLE = frozenset({Status.AWAITING_PAYMENT, Status.PAYMENT_EXPIRED, Status.PAYMENT_FAILED})


def reissue_link(
    order_id: str, *, actor: Actor, orders: Orders, checkouts: Checkouts, clock: Clock
) -> Payment:
    """A new link in place of the old one; a prescription that rested gets a new execution.

    Closing the old checkout makes the provider report it at once, so our own write may lose
    against that notice: it is tried again, and asking for the same session again gives the same.
    Raises `Conflict` with `payment.not_due`, `payment.already_paid` or `payment.claim_reversed`.
    """

    def attempt() -> Payment:
        order = orders.get(order_id)
        _must_be_due(order, orders=orders)
        payments = papers(order.id, orders=orders)
        link = issue(order, payments, checkouts=checkouts, clock=clock, actor=actor)
        after: Order = link.order
        events: list[Event[Any]] = [link.event]
        if order.status is not Status.AWAITING_PAYMENT:
            after, resumption = resume(after, actor=actor, clock=clock)
            events.append(resumption)
        orders.save(after, events=events, documents=link.papers)
        return link.payment

    return on_conflict(attempt)


def _must_be_due(order: Order, *, orders: Orders) -> None:
    if order.status not in REISSUABLE:
        raise Conflict("payment.not_due", f"Nothing is to be paid while it is {order.status}.")
    if claim_is_undone(order.id, orders=orders):
        raise Conflict("payment.claim_reversed", "The claim was reversed; bill it again first.")
