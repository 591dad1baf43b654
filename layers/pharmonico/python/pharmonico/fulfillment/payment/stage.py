"""The payment stage: nothing to pay is paid at once, anything else waits for the patient.

The opener of the machine's payment wait. A session is asked for by a key made of prescription,
attempt and amount, so a crash before our own write gets the very same session next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment import PaymentLinkRequired, PaymentSuccessful
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.waiting import WAITING, answer, is_over, superseded, wait_of
from pharmonico.fulfillment.payment.checkout import Demand
from pharmonico.fulfillment.payment.ledger import is_held
from pharmonico.fulfillment.payment.mismatch import hold
from pharmonico.fulfillment.payment.papers import (
    ended,
    live_link,
    money_received,
    owes_back,
    papers,
    with_session,
)
from pharmonico.fulfillment.payment.refund import give_back
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.events.envelope import Actor
    from pharmonico.events.fulfillment import FulfillmentEvent
    from pharmonico.fulfillment.machine.waits import Wait
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock
    from pharmonico.kit.money import Money

ATTEMPTS_MAX = 50


def open_payment(
    work: OpenWait, *, orders: Orders, checkouts: Checkouts, machine: Machine, clock: Clock
) -> Outcome:
    """Ask the patient to pay and leave the token; answer it at once when nothing is owed."""

    def attempt() -> Outcome:
        order = own(work, orders=orders, clock=clock)
        if order is None:
            return superseded(work, machine=machine)
        if is_over(order, work):
            return answer(work, order, machine=machine)
        payments = papers(order.id, orders=orders)
        received = money_received(payments, owed(order))
        if received is not None or owed(order).amount_minor == 0:
            settled = _settle(order, received, orders=orders, clock=clock)
            return answer(work, settled, machine=machine)
        if any(map(is_held, payments)):
            hold(order, orders=orders, clock=clock)
            return superseded(work, machine=machine)
        if _gave_back(
            order, payments, orders=orders, checkouts=checkouts, clock=clock
        ) or _was_paid(order, payments, orders=orders, checkouts=checkouts, clock=clock):
            return attempt()
        wait = wait_of(work, clock=clock)
        _ask(order, payments, wait, orders=orders, checkouts=checkouts, clock=clock)
        return WAITING

    return on_conflict(attempt)


def _ask(
    order: Order,
    payments: Sequence[Payment],
    wait: Wait,
    *,
    orders: Orders,
    checkouts: Checkouts,
    clock: Clock,
) -> None:
    """Leave the wait on the order, with a link where the patient has none that opens."""
    if order.status is Status.AWAITING_PAYMENT and live_link(payments, at=clock.now()):
        orders.save(order.changed(at=clock.now(), wait=wait))
        return
    link = issue(order, payments, checkouts=checkouts, clock=clock)
    waiting = link.order.changed(at=clock.now(), wait=wait)
    orders.save(waiting, events=[link.event], documents=link.papers)


def _gave_back(
    order: Order,
    payments: Sequence[Payment],
    *,
    orders: Orders,
    checkouts: Checkouts,
    clock: Clock,
) -> bool:
    """Whether money went back that was paid for another share: it was billed anew since."""
    other = [each for each in payments if each.status == "paid" and owes_back(each)]
    return any(
        give_back(order.id, each.key, orders=orders, checkouts=checkouts, clock=clock)
        for each in other
    )


def _was_paid(
    order: Order,
    payments: Sequence[Payment],
    *,
    orders: Orders,
    checkouts: Checkouts,
    clock: Clock,
) -> bool:
    """Whether a page that another one is to replace had been paid, and no notice told of it yet."""
    if order.status is Status.AWAITING_PAYMENT and live_link(payments, at=clock.now()):
        return False
    open_ones = [each for each in payments if each.status == "open" and each.session_id]
    over = [ended(each, checkouts.close(str(each.session_id))) for each in open_ones]
    paid = [each for each in over if each.payment_intent is not None]
    for each in paid:
        orders.put_document(order.id, each)
    return bool(paid)


def owed(order: Order) -> Money:
    """The patient's share; adjudication has left it with the order."""
    if order.patient_pay is None:
        raise Conflict("payment.amount_unknown", "The patient's share is not known yet.")
    return order.patient_pay


class Link:
    """A new payment link, not yet saved: the order it belongs to, its papers and its event."""

    def __init__(self, order: Order, papers: Sequence[Payment], event: FulfillmentEvent) -> None:
        self.order = order
        self.papers = papers
        self.event = event

    @property
    def payment(self) -> Payment:
        return self.papers[-1]


def issue(
    order: Order,
    payments: Sequence[Payment],
    *,
    checkouts: Checkouts,
    clock: Clock,
    actor: Actor = SYSTEM,
    event: type[FulfillmentEvent] = PaymentLinkRequired,
) -> Link:
    """Close what is open and ask for a new session; `Conflict` when one turns out to be paid.

    The patient's short link leads to whatever is open, so only `PaymentLinkRequired` tells them.
    """
    retired = [_retired(payment, checkouts) for payment in payments if payment.status == "open"]
    number = len(payments) + 1
    if number > ATTEMPTS_MAX:
        raise Conflict("payment.too_many_links", "Too many payment links were made for this one.")
    demand = Demand(order.id, number, owed(order))
    payment = with_session(
        Payment(
            key=str(number),
            payment_id=new_id("pay", clock=clock),
            attempt=number,
            amount=demand.amount,
        ),
        checkouts.open(demand),
    )
    after = _awaiting(order, payment, clock)
    told = record(event, after, before=order, clock=clock, actor=actor)
    return Link(after, [*retired, payment], told)


def _awaiting(order: Order, payment: Payment, clock: Clock) -> Order:
    changes = {"payment_id": payment.payment_id, "hold_reason": None}
    if order.status is Status.AWAITING_PAYMENT:
        return order.changed(at=clock.now(), **changes)
    return order.moved(Status.AWAITING_PAYMENT, at=clock.now(), **changes)


def _retired(payment: Payment, checkouts: Checkouts) -> Payment:
    if payment.session_id is not None and checkouts.close(payment.session_id).state == "paid":
        raise Conflict("payment.already_paid", "This payment was made; its notice is on the way.")
    return payment.model_copy(update={"status": "expired", "url": None})


def _settle(order: Order, received: Payment | None, *, orders: Orders, clock: Clock) -> Order:
    """Nothing was owed, or the money came while the prescription rested as failed."""
    changes = {"payment_id": received.payment_id} if received else {}
    after = order.moved(Status.PAID, at=clock.now(), wait=None, **changes)
    event = record(PaymentSuccessful, after, before=order, clock=clock)
    return orders.save(after, events=[event])
