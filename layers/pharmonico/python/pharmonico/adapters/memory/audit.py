"""Audit chains in memory, as texts like everywhere else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit.chain import CHAIN_MAX, Entry
from pharmonico.fulfillment.audit.ports import HOUR, Link, Tail
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.kit.clock import Clock


class MemoryAuditTrail:
    """`texts` is what is stored, chain and place to text; a forger would write there."""

    def __init__(self, *, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self.texts: dict[str, dict[int, str]] = defaultdict(dict)
        self._hours: dict[tuple[str, int], str] = {}
        self._grown: dict[str, set[str]] = defaultdict(set)

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        places = [place for place in sorted(self.texts[name]) if place > after]
        return tuple(self._entry(name, place) for place in places[:CHAIN_MAX])

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        places = sorted(self.texts[name], reverse=True)[:limit]
        return tuple(self._entry(name, place) for place in places)

    def tail(self, name: str, limit: int, *, consistent: bool = True) -> Tail:  # noqa: ARG002 - always is
        entries = self.recent(name, limit)
        hour = self._hours.get((name, entries[0].sequence)) if entries else None
        return Tail(entries, hour)

    def links(self, name: str, *, after: int = 0) -> Iterator[Link]:
        for place in sorted(self.texts[name]):
            if place > after:
                hour = self._hours.get((name, place), "")
                yield Link(place, self.texts[name][place], hour)

    def add(self, name: str, entry: Entry, *, known_in: str | None) -> None:
        if entry.sequence in self.texts[name]:
            raise VersionConflict
        hour = self._clock.now().strftime(HOUR)
        if known_in != hour:
            self._grown[hour].add(name)
        self._hours[name, entry.sequence] = hour
        self.texts[name][entry.sequence] = entry.model_dump_json()

    def grown(self, hour: str, *, after: str = "") -> Iterator[str]:
        return iter(sorted(name for name in self._grown[hour] if name > after))

    def _entry(self, name: str, place: int) -> Entry:
        return Entry.model_validate_json(self.texts[name][place])
