"""What the provider reports of money that came: refunds and disputes, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment_payments import PaymentDisputed
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.machine.work import Outcome
from pharmonico.fulfillment.payment.ledger import alerted, with_dispute
from pharmonico.fulfillment.payment.notices import is_surplus
from pharmonico.fulfillment.payment.records import Dispute, Refund
from pharmonico.fulfillment.payment.refund import give_back
from pharmonico.fulfillment.payment.returning import work_in
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts, DisputeNotice, RefundNotice
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

NOTED = Outcome(outcome="noted")
REPEATED = Outcome(outcome="repeated")
DISPUTED = Outcome(outcome="disputed")
UNKNOWN = Outcome(outcome="unknown")
OUTSIDE = "made_at_provider"
PROVIDER = "provider"


def hear_refund(
    notice: RefundNotice, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> Outcome:
    """Work it in; one that nobody here asked for was made at the provider by hand."""
    heard = Refund(
        key=notice.key or notice.refund_id,
        amount=notice.amount,
        reason=OUTSIDE,
        by=PROVIDER,
        role="system",
        at=clock.now(),
        status=notice.status,
        provider_id=notice.refund_id,
    )

    def attempt() -> Outcome:
        found = _found(notice, orders=orders, checkouts=checkouts)
        if found is None:
            return UNKNOWN
        order, payment = found
        is_new = work_in(order, payment, heard, orders=orders, clock=clock)
        return NOTED if is_new else REPEATED

    return on_conflict(attempt)


def hear_dispute(
    notice: DisputeNotice, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> Outcome:
    """Flag the prescription and tell ops.

    Nothing else is done by itself, but that what nobody waits for goes back once it is won: while
    the bank had it, it could not.
    """
    heard = Dispute(
        dispute_id=notice.dispute_id,
        status=notice.status,
        reason=notice.reason,
        amount=notice.amount,
        heard_at=clock.now(),
    )

    def attempt() -> Outcome:
        found = _found(notice, orders=orders, checkouts=checkouts)
        if found is None:
            return UNKNOWN
        order, payment = found
        after = with_dispute(payment, heard)
        if after == payment:
            return REPEATED
        flagged = alerted(order.changed(at=clock.now()), after, orders=orders)
        event = record(
            PaymentDisputed,
            flagged,
            before=order,
            clock=clock,
            payment_id=payment.payment_id,
            reason=f"dispute_{notice.status}",
        )
        orders.save(flagged, events=[event], documents=[after])
        return DISPUTED

    outcome = on_conflict(attempt)
    if notice.status == "won" and (found := _found(notice, orders=orders, checkouts=checkouts)):
        order, payment = found
        if is_surplus(order, payment, orders=orders):
            give_back(order.id, payment.key, orders=orders, checkouts=checkouts, clock=clock)
    return outcome


def _found(
    notice: RefundNotice | DisputeNotice, *, orders: Orders, checkouts: Checkouts
) -> tuple[Order, Payment] | None:
    """Whose money it is; the provider is asked where the notice does not say."""
    bearer = notice.bearer or checkouts.whose(notice.payment_intent)
    if bearer is None:
        return None
    prescription_id, attempt = bearer
    try:
        order = orders.get(prescription_id)
    except OrderNotFound:
        return None
    payment = orders.document(order.id, Payment, str(attempt))
    return (order, payment) if payment else None
