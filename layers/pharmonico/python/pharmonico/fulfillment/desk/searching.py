"""Finding prescriptions by words: those that stand under every one of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.terms import asked, blind
from pharmonico.fulfillment.ports import OrderPage
from pharmonico.fulfillment.query import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.desk.ports import Postings
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import OrderQuery, Orders

READ_AT_ONCE = 100
LOOKED_AT_MAX = 2_000
"""Prescriptions under the rarest word that one call looks at; the cursor leads on from there."""


def search(
    text: str, query: OrderQuery, *, orders: Orders, postings: Postings, key: str
) -> OrderPage:
    """A page of those that fit the text and the query's filters.

    The page may be short, or empty, and still lead on: the words were too common to see the end.
    """
    wanted = asked(text)
    if wanted.is_empty:
        return OrderPage((), None)
    terms = [blind(word, key=key) for word in wanted.words]
    if wanted.order_id is not None:
        ids = _all_under(terms, [wanted.order_id], postings=postings)
        found = [order for order in orders.several(ids) if matches(order, query)]
        return OrderPage(tuple(found), None)
    return _page(terms, query, orders=orders, postings=postings)


def _page(terms: list[str], query: OrderQuery, *, orders: Orders, postings: Postings) -> OrderPage:
    found: list[Order] = []
    looked_at, last = 0, query.after
    for batch in _batches(terms, query, postings=postings):
        ids = _all_under(terms[1:], batch, postings=postings)
        found += [order for order in orders.several(ids) if matches(order, query)]
        looked_at, last = looked_at + len(batch), batch[-1]
        if len(found) > query.limit:
            items = tuple(found[: query.limit])
            return OrderPage(items, items[-1].id)
        if looked_at >= LOOKED_AT_MAX:
            return OrderPage(tuple(found), last)
    return OrderPage(tuple(found), None)


def _batches(
    terms: list[str], query: OrderQuery, *, postings: Postings
) -> Iterator[tuple[str, ...]]:
    """What stands under the rarest term, batch by batch; the term is put first."""
    first = {
        term: postings.under(
            term, after=query.after, limit=READ_AT_ONCE, oldest_first=query.oldest_first
        )
        for term in terms
    }
    terms.sort(key=lambda term: len(first[term]))
    batch = first[terms[0]]
    while batch:
        yield batch
        if len(batch) < READ_AT_ONCE:
            return
        batch = postings.under(
            terms[0], after=batch[-1], limit=READ_AT_ONCE, oldest_first=query.oldest_first
        )


def _all_under(
    terms: list[str], ids: tuple[str, ...] | list[str], *, postings: Postings
) -> list[str]:
    """Those of the ids that stand under every term, in their order."""
    left = list(ids)
    for term in terms:
        held: set[str] = set()
        pending = iter(left)
        while some := list(islice(pending, READ_AT_ONCE)):
            held |= postings.held_by(term, some)
        left = [each for each in left if each in held]
    return left
