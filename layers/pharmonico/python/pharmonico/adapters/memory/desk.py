"""The desk's store in memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class MemoryDesk:
    """Postings by term, and what each prescription stands under."""

    def __init__(self) -> None:
        self._postings: dict[str, set[str]] = defaultdict(set)
        self._indexed: dict[str, Indexed] = {}

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
