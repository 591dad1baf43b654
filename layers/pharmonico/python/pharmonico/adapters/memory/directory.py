"""Reference data in memory, and the rosters made of its pharmacies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.routing.roster import Roster, row_of, states_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pharmonico.fulfillment.directory import Medication, Pharmacy, Plan


class MemoryDirectory:
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
        self._rosters: dict[str, Roster] = {}

    def medication(self, ndc11: str) -> Medication | None:
        return self._medications.get(ndc11)

    def medications(self, ndc11s: Iterable[str]) -> tuple[Medication, ...]:
        return tuple(self._medications[code] for code in ndc11s if code in self._medications)

    def pharmacy(self, pharmacy_id: str) -> Pharmacy | None:
        return self._pharmacies.get(pharmacy_id)

    def plan(self, bin_: str, pcn: str, group: str) -> Plan | None:
        return self._plans.get((bin_, pcn, group)) or self._plans.get((bin_, pcn, ""))

    def roster(self, state: str) -> Roster:
        if state not in self._rosters:
            listed = (each for each in self._pharmacies.values() if state in states_of(each))
            self._rosters[state] = Roster(state, (row_of(each, state) for each in listed))
        return self._rosters[state]
