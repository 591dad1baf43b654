"""Ops sends the patient another payment link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.adjudication.papers import is_undone
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.payment.ledger import is_held
from pharmonico.fulfillment.payment.papers import papers
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
) -> Payment | None:
    """A new link in place of the old one; a prescription that rested gets a new execution.

    None when the claim was taken back meanwhile: it is billed again first, and the link follows
    from that, for whatever the share is then. Closing the old checkout makes the provider report
    it at once, so our own write may lose against that notice: it is tried again, and asking for
    the same session again gives the same.
    Raises `Conflict` with `payment.not_due`, `payment.already_paid` or `payment.money_held`.
    """

    def attempt() -> Payment | None:
        order = orders.get(order_id)
        if order.status not in REISSUABLE:
            raise Conflict("payment.not_due", f"Nothing is to be paid while it is {order.status}.")
        if order.status is not Status.AWAITING_PAYMENT and is_undone(order.id, orders=orders):
            _bill_again(order, actor=actor, orders=orders, clock=clock)
            return None
        payments = papers(order.id, orders=orders)
        if any(map(is_held, payments)):
            raise Conflict("payment.money_held", "Accept the money that came, or give it back.")
        link = issue(order, payments, checkouts=checkouts, clock=clock, actor=actor)
        after: Order = link.order
        events: list[Event[Any]] = [link.event]
        if order.status is not Status.AWAITING_PAYMENT:
            after, resumption = resume(after, actor=actor, clock=clock)
            events.append(resumption)
        orders.save(after, events=events, documents=link.papers)
        return link.payment

    return on_conflict(attempt)


def _bill_again(order: Order, *, actor: Actor, orders: Orders, clock: Clock) -> None:
    moved = order.moved(Status.PHARMACY_SELECTED, at=clock.now(), hold_reason=None)
    after, resumption = resume(moved, actor=actor, clock=clock)
    orders.save(after, events=[resumption])
