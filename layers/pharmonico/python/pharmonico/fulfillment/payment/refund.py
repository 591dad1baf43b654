"""Giving money back: a step of the cancellation, and the answer to money that came too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.payment.checkout import RefundDemand
from pharmonico.fulfillment.payment.ledger import is_disputed
from pharmonico.fulfillment.payment.papers import ended, owes_back, papers
from pharmonico.fulfillment.payment.records import WHOLE, Refund
from pharmonico.fulfillment.payment.returning import work_in
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REFUNDED = Outcome(outcome="refunded")
GIVEN_BACK = "nobody_waits_for_it"
NOTHING_PAID = Outcome(outcome="nothing_paid")


def refund_payment(work: Work, *, orders: Orders, checkouts: Checkouts, clock: Clock) -> Outcome:
    """Close every open session of what is undone and give back what was paid, once."""
    order = orders.get(work.prescription_id)
    if not order.may_be_undone:
        raise Conflict("order.not_cancelled", "Only a cancelled prescription is refunded.")
    given_back = [
        give_back(order.id, payment.key, orders=orders, checkouts=checkouts, clock=clock)
        for payment in papers(order.id, orders=orders)
    ]
    return REFUNDED if any(given_back) else NOTHING_PAID


def give_back(
    order_id: str, key: str, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> bool:
    """Undo one attempt: True when money went back now; a second call changes nothing.

    Money in dispute stays: the bank would give it back beside us.
    """

    def attempt() -> bool:
        payment = orders.document(order_id, Payment, key)
        if payment is None:
            return False
        if payment.status == "open":
            payment = _closed(payment, checkouts)
        if owes_back(payment) and not is_disputed(payment):
            _refund(order_id, payment, orders=orders, checkouts=checkouts, clock=clock)
            return True
        if payment.status == "expired" and payment.url is not None:
            orders.put_document(order_id, payment.model_copy(update={"url": None}))
        return False

    return on_conflict(attempt)


def _closed(payment: Payment, checkouts: Checkouts) -> Payment:
    if payment.session_id is None:
        return payment
    return ended(payment, checkouts.close(payment.session_id))


def _refund(
    order_id: str, payment: Payment, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> None:
    order, intent = orders.get(order_id), str(payment.payment_intent)
    key = _key(payment)
    receipt = checkouts.refund(RefundDemand(order_id, payment.attempt, intent, key))
    refund = Refund(
        key=key,
        amount=receipt.amount,
        reason=GIVEN_BACK,
        by=SYSTEM.id,
        role=SYSTEM.role,
        at=clock.now(),
        status=receipt.status,
        provider_id=receipt.id,
    )
    work_in(order, payment, refund, orders=orders, clock=clock)


def _key(payment: Payment) -> str:
    """A whole refund that the bank sent back is followed by another one, under another name."""
    earlier = [each for each in payment.refunds if each.key.startswith(WHOLE)]
    failed = sum(each.status == "failed" for each in earlier)
    return f"{WHOLE}-{failed + 1}" if failed else WHOLE
