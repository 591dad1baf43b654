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
            query.assignee in (None, order.assignee),
            query.on_hold in (None, order.hold is not None),
            query.created_from is None or order.created_at >= query.created_from,
            query.created_to is None or order.created_at < query.created_to,
            query.after is None or _is_beyond(order.id, query.after, query),
        )
    )


def _is_beyond(order_id: str, after: str, query: OrderQuery) -> bool:
    return order_id > after if query.oldest_first else order_id < after
