"""Who a bulk act is about: prescriptions by name, by the filters of a list, or by their failure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.failures import open_failures
from pharmonico.fulfillment.desk.searching import search
from pharmonico.fulfillment.ports import OrderQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.desk.papers import Filters
    from pharmonico.fulfillment.desk.ports import OpenFailures, Postings
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

MATCHED_MAX = 1_000
_AT_ONCE = 100


def query_of(filters: Filters) -> OrderQuery:
    """The list's query; its words are searched apart."""
    return OrderQuery(
        statuses=filters.status,
        pharmacy_id=filters.pharmacy,
        plan=filters.plan,
        created_from=filters.created_from,
        created_to=filters.created_to,
        assignee=filters.assignee,
        on_hold=filters.on_hold,
        oldest_first=filters.sort == "oldest",
        limit=_AT_ONCE,
    )


def named(order_ids: Sequence[str], *, orders: Orders) -> tuple[Order, ...]:
    """Those that there are."""
    return orders.several(list(dict.fromkeys(order_ids)))


def fitting(filters: Filters, *, orders: Orders, postings: Postings, key: str) -> tuple[Order, ...]:
    """All that a list with these filters shows, the first `MATCHED_MAX`."""
    query = query_of(filters)
    found: list[Order] = []
    while True:
        if filters.q:
            page = search(filters.q, query, orders=orders, postings=postings, key=key)
        else:
            page = orders.page(query)
        found += page.items
        if page.next_after is None or len(found) >= MATCHED_MAX:
            return tuple(found[:MATCHED_MAX])
        query = replace(query, after=page.next_after)


def stopped(
    step: str | None, code: str | None, *, orders: Orders, failures: OpenFailures
) -> tuple[Order, ...]:
    """Those that stopped in the step by the code."""
    rows = open_failures(orders=orders, failures=failures)
    fit = [row for row in rows if step in (None, row.step) and code in (None, row.code)]
    return orders.several(list(dict.fromkeys(row.prescription_id for row in fit)))
