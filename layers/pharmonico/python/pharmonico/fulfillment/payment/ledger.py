"""Sums over a payment: what came, what went back, what is left, and what people must look at.

Notices come in any order and any number of times, so every change is a join: a refund only moves
on from asked to pending, succeeded and failed, a dispute from open to its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Payment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.records import Dispute, Refund
    from pharmonico.fulfillment.ports import Orders

AMOUNT_MISMATCH = "payment.amount_mismatch"
REFUNDED_OUTSIDE = "payment.refunded_outside"
DISPUTED = "payment.disputed"
DISPUTE_LOST = "payment.dispute_lost"
REFUND_FAILED = "payment.refund_failed"
OURS = "payment."
"""Prefix of the alerts that are computed here; others on the order are left alone."""

_REFUND_RANK = {"asked": 0, "pending": 1, "succeeded": 2, "failed": 3}
_DISPUTE_RANK = {"open": 0, "won": 1, "lost": 2}


def taken_minor(payment: Payment) -> int:
    """What came for this attempt, in minor units of its currency; 0 while nothing did."""
    if payment.payment_intent is None:
        return 0
    return (payment.received or payment.amount).amount_minor


def back_minor(payment: Payment) -> int:
    """What went back or is on its way."""
    return sum(each.amount.amount_minor for each in payment.refunds if each.status != "failed")


def left_minor(payment: Payment) -> int:
    """What could still be given back."""
    if payment.status == "refunded":
        return 0
    return max(0, taken_minor(payment) - back_minor(payment))


def is_held(payment: Payment) -> bool:
    """Money lies here that is not what was asked for: a person accepts it or gives it back."""
    is_wrong = payment.status == "failed" and payment.payment_intent is not None
    return is_wrong and left_minor(payment) > 0


def is_disputed(payment: Payment) -> bool:
    """The bank has the money, or has given it back already: from us it goes back only once won."""
    return any(each.status in ("open", "lost") for each in payment.disputes)


def refund_of(payment: Payment, key: str, provider_id: str | None = None) -> Refund | None:
    """The refund of that key, or the one that the provider calls so."""
    return next(
        (
            each
            for each in payment.refunds
            if each.key == key or (provider_id and each.provider_id == provider_id)
        ),
        None,
    )


def with_refund(payment: Payment, heard: Refund) -> Payment:
    """The payment knowing what was heard of a refund; news that are older change nothing."""
    known = refund_of(payment, heard.key, heard.provider_id)
    if known is None:
        return settled(payment.model_copy(update={"refunds": (*payment.refunds, heard)}))
    newer = max(known.status, heard.status, key=_REFUND_RANK.__getitem__)
    update = {"status": newer, "provider_id": heard.provider_id or known.provider_id}
    joined = known.model_copy(update=update)
    refunds = tuple(joined if each is known else each for each in payment.refunds)
    return settled(payment.model_copy(update={"refunds": refunds}))


def with_dispute(payment: Payment, heard: Dispute) -> Payment:
    """The payment knowing of the dispute; an end is not taken back by a late opening."""
    known = {each.dispute_id: each for each in payment.disputes}
    before = known.get(heard.dispute_id)
    if before is None or _DISPUTE_RANK[heard.status] > _DISPUTE_RANK[before.status]:
        known[heard.dispute_id] = heard
    return payment.model_copy(update={"disputes": tuple(known.values())})


def settled(payment: Payment) -> Payment:
    """`refunded` once nothing is left, and what it was before when a refund came back."""
    done = [each for each in payment.refunds if each.status in ("pending", "succeeded")]
    gone = sum(each.amount.amount_minor for each in done)
    is_gone = bool(done) and 0 < taken_minor(payment) <= gone
    if is_gone and payment.status in ("paid", "failed"):
        last = done[-1].provider_id
        return payment.model_copy(update={"status": "refunded", "refund_id": last, "url": None})
    if payment.status == "refunded" and payment.refunds and not is_gone:
        is_wrong = payment.problem is not None and payment.accepted is None
        return payment.model_copy(update={"status": "failed" if is_wrong else "paid"})
    return payment


def alerts_of(payments: Iterable[Payment]) -> frozenset[str]:
    """What people must look at."""
    found = set()
    for payment in payments:
        disputes = {each.status for each in payment.disputes}
        failed = any(each.status == "failed" for each in payment.refunds)
        checks = (
            (AMOUNT_MISMATCH, is_held(payment)),
            (DISPUTED, "open" in disputes),
            (DISPUTE_LOST, "lost" in disputes),
            (REFUND_FAILED, failed and left_minor(payment) > 0),
        )
        found |= {code for code, is_so in checks if is_so}
    return frozenset(found)


def alerted(order: Order, *changed: Payment, orders: Orders) -> Order:
    """The order with its alerts about money as they are with these payments changed."""
    known = {each.key: each for each in orders.documents(order.id, Payment)}
    known |= {each.key: each for each in changed}
    others = {alert for alert in order.alerts if not alert.startswith(OURS)}
    alerts = tuple(sorted(others | alerts_of(known.values())))
    return order.model_copy(update={"alerts": alerts})
