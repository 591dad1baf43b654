"""Audit chains in memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit import Entry


class MemoryAuditTrail:
    def __init__(self) -> None:
        self._chains: dict[str, dict[int, Entry]] = defaultdict(dict)

    def chain(self, name: str) -> tuple[Entry, ...]:
        return tuple(entry for _, entry in sorted(self._chains[name].items()))

    def add(self, name: str, entry: Entry) -> None:
        if entry.sequence in self._chains[name]:
            raise VersionConflict
        self._chains[name][entry.sequence] = entry
