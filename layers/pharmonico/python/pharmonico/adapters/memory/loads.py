"""How busy pharmacies are, in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pharmonico.fulfillment.errors import PharmacyFull

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pharmonico.fulfillment.order import Order


class MemoryLoads:
    """`asked` counts the trips and the pharmacies they asked for, as a table would bill them."""

    def __init__(self) -> None:
        self._taken: Counter[tuple[str, date]] = Counter()
        self.asked = Counter[str]()

    def taken(self, days: Mapping[str, date]) -> dict[str, int]:
        self.asked.update(trips=1, counters=len(days))
        return {name: self._taken[name, day] for name, day in days.items()}

    def put(self, pharmacy_id: str, day: date, count: int) -> None:
        """How busy a pharmacy shall be."""
        self._taken[pharmacy_id, day] = count

    def count(self, order: Order) -> None:
        """What the write of this order does to the counters; the orders' lock is held."""
        takes, frees = order.takes, order.frees
        if takes == frees:
            return
        if takes is not None:
            if self._taken[takes.pharmacy_id, takes.day] >= takes.capacity:
                raise PharmacyFull
            self._taken[takes.pharmacy_id, takes.day] += 1
        if frees is not None:
            self._taken[frees.pharmacy_id, frees.day] -= 1
