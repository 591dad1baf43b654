"""Reference data in memory, indexed like the table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pharmonico.fulfillment.routing.areas import areas_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pharmonico.fulfillment.directory import Medication, Pharmacy, Plan


class MemoryDirectory:
    """`areas_read` remembers which cells a search opened, in order."""

    def __init__(
        self,
        *,
        medications: Iterable[Medication] = (),
        pharmacies: Iterable[Pharmacy] = (),
        plans: Iterable[Plan] = (),
    ) -> None:
        self._medications = {entry.ndc11: entry for entry in medications}
        self._pharmacies = {entry.pharmacy_id: entry for entry in pharmacies}
        self._plans = {(entry.bin, entry.pcn, entry.group): entry for entry in plans}
        self._areas: defaultdict[str, list[Pharmacy]] = defaultdict(list)
        for pharmacy in self._pharmacies.values():
            for area in areas_of(pharmacy):
                self._areas[area].append(pharmacy)
        self.areas_read: list[str] = []

    def medication(self, ndc11: str) -> Medication | None:
        return self._medications.get(ndc11)

    def medications(self, ndc11s: Iterable[str]) -> tuple[Medication, ...]:
        return tuple(self._medications[code] for code in ndc11s if code in self._medications)

    def pharmacy(self, pharmacy_id: str) -> Pharmacy | None:
        return self._pharmacies.get(pharmacy_id)

    def plan(self, bin_: str, pcn: str, group: str) -> Plan | None:
        return self._plans.get((bin_, pcn, group)) or self._plans.get((bin_, pcn, ""))

    def occupied_areas(self) -> frozenset[str]:
        return frozenset(self._areas)

    def pharmacies_in(self, area: str) -> tuple[Pharmacy, ...]:
        self.areas_read.append(area)
        return tuple(self._areas.get(area, ()))
