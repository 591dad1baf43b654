"""Audit chains in memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit import CHAIN_MAX
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit import Entry


class MemoryAuditTrail:
    def __init__(self) -> None:
        self._chains: dict[str, dict[int, Entry]] = defaultdict(dict)

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        chain = self._chains[name]
        return tuple(chain[place] for place in sorted(chain) if place > after)[:CHAIN_MAX]

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        chain = self._chains[name]
        return tuple(chain[place] for place in sorted(chain, reverse=True)[:limit])

    def add(self, name: str, entry: Entry) -> None:
        if entry.sequence in self._chains[name]:
            raise VersionConflict
        self._chains[name][entry.sequence] = entry
