"""The list filters, decided in one place for every adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import OrderQuery


def matches(order: Order, query: OrderQuery) -> bool:
    """Whether the order passes every given filter and comes after the cursor."""
    return all(
        (
            not query.statuses or order.status in query.statuses,
            query.pharmacy_id in (None, order.pharmacy_id),
            query.plan in (None, order.plan),
            query.sender in (None, order.origin.sender),
            query.client_id in (None, order.origin.client_id),
            query.created_from is None or order.created_at >= query.created_from,
            query.created_to is None or order.created_at < query.created_to,
            query.after is None or order.id < query.after,
            query.text is None or _mentions(order, query.text.casefold()),
        )
    )


def _mentions(order: Order, text: str) -> bool:
    """Ids match whole, names by word; the blind index will replace this for large stores."""
    exact = (order.id, order.origin.message_id, order.summary.ndc, order.claim_id)
    tracking = order.tracking.number if order.tracking else None
    if text in {value.casefold() for value in (*exact, tracking) if value}:
        return True
    return text in f"{order.summary.patient_name} {order.summary.drug}".casefold()
