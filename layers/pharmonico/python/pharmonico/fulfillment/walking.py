"""Every prescription in some states, page by page through the index of statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.ports import OrderQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.status import Status

PAGE_SIZE = 100


def every(
    statuses: Iterable[Status], *, orders: Orders, since: datetime | None = None
) -> Iterator[Order]:
    """The newest first, back to `since`; a page is read when it is come to."""
    after = None
    while True:
        page = orders.page(OrderQuery(tuple(sorted(statuses)), limit=PAGE_SIZE, after=after))
        for order in page.items:
            if since is not None and order.created_at < since:
                return
            yield order
        if page.next_after is None:
            return
        after = page.next_after
