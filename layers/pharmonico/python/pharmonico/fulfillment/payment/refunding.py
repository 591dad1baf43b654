"""Ops gives money back, in whole or in part: written down first, carried out from a queue.

The door never talks to the provider, so a refund that was asked for is neither lost nor made
twice when the provider is away: the queue brings it again, under the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment_payments import PaymentRefundRequested
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.payment.checkout import RefundDemand
from pharmonico.fulfillment.payment.ledger import alerted, is_disputed, left_minor, refund_of
from pharmonico.fulfillment.payment.papers import papers
from pharmonico.fulfillment.payment.records import Refund
from pharmonico.fulfillment.payment.returning import work_in
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status, reached
from pharmonico.kit.errors import Conflict, FieldError, Invalid, Rejected
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REASONS = frozenset({"duplicate", "wrong_amount", "service", "price", "not_delivered", "other"})
REFUNDS_MAX = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """`amount_minor` None is all that is left; `attempt` None is the payment it stands on."""

    key: str
    reason: str
    note: str
    amount_minor: int | None = None
    attempt: int | None = None


def ask(
    order_id: str,
    wish: Wish,
    *,
    actor: Actor,
    expected_revision: int,
    orders: Orders,
    clock: Clock,
) -> tuple[Order, Payment]:
    """Write the refund down; the same key again answers what was written.

    Raises `Invalid` for more than is left, `Conflict` where nothing was paid, where the bank has
    the money in dispute, and where cancelling is what is meant; `StaleRevision` for the second of
    two who decided upon the same state.
    """
    order = orders.get(order_id)
    payments = papers(order_id, orders=orders)
    for payment in payments:
        if refund_of(payment, wish.key):
            return order, payment
    order.expect(expected_revision)
    payment = _chosen(order, payments, wish.attempt)
    refund = Refund(
        key=wish.key,
        amount=_amount(order, payment, wish),
        reason=wish.reason,
        note=wish.note.strip(),
        by=actor.id,
        role=actor.role,
        at=clock.now(),
        status="asked",
    )
    asked = payment.model_copy(update={"refunds": (*payment.refunds, refund)})
    noted = order.model_copy(update={"updated_at": clock.now(), "revision": order.revision + 1})
    after = alerted(noted, asked, orders=orders)
    event = record(
        PaymentRefundRequested,
        after,
        before=order,
        clock=clock,
        actor=actor,
        payment_id=payment.payment_id,
        attempt=payment.attempt,
        refund=refund.key,
    )
    return orders.save(after, events=[event], documents=[asked]), asked


def carry_out(
    order_id: str, attempt: int, key: str, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> bool:
    """Make the refund that was asked for; False when it was made before."""
    payment = orders.document(order_id, Payment, str(attempt))
    asked = refund_of(payment, key) if payment else None
    if payment is None or asked is None or asked.status != "asked":
        return False
    demand = RefundDemand(
        prescription_id=order_id,
        attempt=attempt,
        payment_intent=str(payment.payment_intent),
        key=key,
        amount=asked.amount,
    )
    try:
        if is_disputed(payment):  # since it was asked for
            raise _in_dispute()
        receipt = checkouts.refund(demand)
    except Rejected:
        heard = asked.model_copy(update={"status": "failed"})
    else:
        heard = asked.model_copy(update={"status": receipt.status, "provider_id": receipt.id})

    def attempt_() -> bool:
        order, latest = orders.get(order_id), orders.document(order_id, Payment, str(attempt))
        if latest is None:
            return False
        return work_in(order, latest, heard, orders=orders, clock=clock)

    return on_conflict(attempt_)


def _chosen(order: Order, payments: tuple[Payment, ...], attempt: int | None) -> Payment:
    paid = [each for each in payments if left_minor(each) > 0]
    if attempt is not None:
        paid = [each for each in paid if each.attempt == attempt]
    standing = [each for each in paid if each.payment_id == order.payment_id]
    chosen = (standing or paid)[-1:]
    if not chosen:
        raise Conflict("payment.nothing_left", "There is no money that could be given back.")
    if is_disputed(chosen[0]):
        raise _in_dispute()
    if len(chosen[0].refunds) >= REFUNDS_MAX:
        raise Conflict("payment.too_many_refunds", "This payment was given back in many parts.")
    return chosen[0]


def _in_dispute() -> Conflict:
    return Conflict("payment.in_dispute", "The bank decides about this money; answer it there.")


def _amount(order: Order, payment: Payment, wish: Wish) -> Money:
    left = left_minor(payment)
    amount = left if wish.amount_minor is None else wish.amount_minor
    errors = []
    if not 0 < amount <= left:
        words = f"More than nothing, and at most the {left} that are left, in minor units."
        errors.append(FieldError("/amount_minor", "refund.out_of_range", words))
    if wish.reason not in REASONS:
        words = f"One of {', '.join(sorted(REASONS))}."
        errors.append(FieldError("/reason", "refund.reason", words))
    if not wish.note.strip():
        errors.append(FieldError("/note", "note.required", "Say why, in a few words."))
    if errors:
        raise Invalid("payment.refund_invalid", "This cannot be given back.", tuple(errors))
    if amount == left and _is_needed(order, payment):
        raise Conflict(
            "payment.cancel_instead",
            "It is still on its way on this payment: cancel it, and the money goes back.",
        )
    return Money(amount_minor=amount, currency=(payment.received or payment.amount).currency)


def _is_needed(order: Order, payment: Payment) -> bool:
    """Whether the pharmacy or the label still count on this payment."""
    is_paid = reached(order.status, Status.PAID) and not reached(order.status, Status.IN_TRANSIT)
    return is_paid and order.payment_id == payment.payment_id
