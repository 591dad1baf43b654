"""The desk's store in memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.papers import LETTER, VIEWS_MAX
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pharmonico.fulfillment.desk.papers import OpenFailure, View


class MemoryDesk:
    """Postings by term and what each prescription stands under; failures; saved views."""

    def __init__(self) -> None:
        self._postings: dict[str, set[str]] = defaultdict(set)
        self._indexed: dict[str, Indexed] = {}
        self._failures: dict[tuple[bool, str], OpenFailure] = {}
        self._views: dict[tuple[str, str], View] = {}

    def indexed(self, order_id: str) -> Indexed:
        return self._indexed.get(order_id, Indexed())

    def note(self, order_id: str, indexed: Indexed) -> None:
        if self.indexed(order_id).version != indexed.version:
            raise VersionConflict
        self._indexed[order_id] = Indexed(indexed.terms, indexed.version + 1)

    def add(self, order_id: str, terms: Collection[str]) -> None:
        for term in terms:
            self._postings[term].add(order_id)

    def drop(self, order_id: str, terms: Collection[str]) -> None:
        for term in terms:
            self._postings[term].discard(order_id)

    def under(
        self, term: str, *, after: str | None, limit: int, oldest_first: bool = False
    ) -> tuple[str, ...]:
        ids = sorted(self._postings[term], reverse=not oldest_first)
        if after is not None:
            ids = [each for each in ids if each != after and (each > after) == oldest_first]
        return tuple(ids[:limit])

    def held_by(self, term: str, order_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(order_ids) & frozenset(self._postings[term])

    def put(self, failure: OpenFailure) -> None:
        key = failure.step == LETTER, failure.prescription_id
        known = self._failures.get(key)
        if known is None or known.version <= failure.version:
            self._failures[key] = failure

    def close(self, order_id: str, *, version: int, step: str = "") -> None:
        key = step == LETTER, order_id
        known = self._failures.get(key)
        if known is not None and known.version <= version:
            del self._failures[key]

    def open(self, *, limit: int) -> tuple[OpenFailure, ...]:
        return tuple(self._failures[each] for each in sorted(self._failures)[:limit])

    def views_of(self, owner: str) -> tuple[View, ...]:
        return tuple(view for (whose, _), view in sorted(self._views.items()) if whose == owner)[
            :VIEWS_MAX
        ]

    def view(self, owner: str, view_id: str) -> View | None:
        return self._views.get((owner, view_id))

    def save_view(self, view: View) -> View:
        known = self.view(view.owner, view.view_id)
        if (known.version if known else 0) != view.version:
            raise VersionConflict
        raised = view.model_copy(update={"version": view.version + 1})
        self._views[view.owner, view.view_id] = raised
        return raised

    def drop_view(self, view: View) -> None:
        known = self.view(view.owner, view.view_id)
        if known is None or known.version != view.version:
            raise VersionConflict
        del self._views[view.owner, view.view_id]
