"""Patients' papers in memory, beside the orders that write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.patients.papers import (
    OPEN_PAIRS,
    Holder,
    Listed,
    Pair,
    PatientRecord,
    bucket_owner,
    holder_owner,
    record_owner,
)
from pharmonico.fulfillment.patients.ports import PairPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.adapters.memory.orders import MemoryOrders


class MemoryPatients:
    def __init__(self, orders: MemoryOrders) -> None:
        self._orders = orders

    def record(self, patient_id: str) -> PatientRecord | None:
        return self._orders.document(record_owner(patient_id), PatientRecord)

    def holder(self, number: str) -> Holder | None:
        return self._orders.document(holder_owner(number), Holder)

    def alike(self, bucket: str, *, limit: int) -> tuple[Listed, ...]:
        return self._orders.documents(bucket_owner(bucket), Listed)[:limit]

    def open_pairs(self, *, limit: int, after: str | None = None) -> PairPage:
        found = self._orders.documents(OPEN_PAIRS, Pair)
        later = [pair for pair in found if pair.key > (after or "")]
        items = tuple(later[:limit])
        return PairPage(items, items[-1].key if len(later) > limit else None)

    def open_pair(self, key: str) -> Pair | None:
        return self._orders.document(OPEN_PAIRS, Pair, key)

    def decide(self, pair: Pair, records: Sequence[PatientRecord] = ()) -> None:
        self._orders.replace_papers((pair, *records), dropped=(OPEN_PAIRS, Pair.kind, pair.key))
