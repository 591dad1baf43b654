"""What is known of a refund, worked in once, whoever hears of it first: we or the webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import PaymentRefunded
from pharmonico.events.fulfillment_payments import PaymentRefundFailed
from pharmonico.fulfillment.payment.ledger import alerted, refund_of, with_refund
from pharmonico.fulfillment.recording import record

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Payment
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.records import Refund
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

_ON_ITS_WAY = frozenset({"pending", "succeeded"})


def work_in(order: Order, payment: Payment, heard: Refund, *, orders: Orders, clock: Clock) -> bool:
    """Save what is new, with its event; False when nothing is."""
    known = refund_of(payment, heard.key, heard.provider_id)
    after = with_refund(payment, heard)
    now_known = refund_of(after, heard.key, heard.provider_id)
    if now_known is None or after == payment:
        return False
    after_order = alerted(order.changed(at=clock.now()), after, orders=orders)
    event = _news(known, now_known, after, before=order, order=after_order, clock=clock)
    orders.save(after_order, events=[event] if event else [], documents=[after])
    return True


def _news(
    known: Refund | None,
    heard: Refund,
    payment: Payment,
    *,
    before: Order,
    order: Order,
    clock: Clock,
) -> Event[Any] | None:
    """Told once when money goes back, and once when the bank did not take it."""
    was = known.status if known else "asked"
    facts: dict[str, Any] = {
        "payment_id": payment.payment_id,
        "attempt": payment.attempt,
        "refund": heard.key,
        "actor": Actor(id=heard.by, role=heard.role),
    }
    if heard.status == "failed" and was != "failed":
        return record(PaymentRefundFailed, order, before=before, clock=clock, **facts)
    if was == "asked" and heard.status in _ON_ITS_WAY:
        return record(PaymentRefunded, order, before=before, clock=clock, **facts)
    return None
