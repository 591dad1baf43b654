"""What the patients' papers are read and decided through; they are written with the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.patients.papers import Holder, Listed, Pair, PatientRecord


@dataclass(frozen=True, slots=True)
class PairPage:
    """One page of the queue; `next_after` is None on the last."""

    items: tuple[Pair, ...]
    next_after: str | None


class Patients(Protocol):
    """Records of patients, buckets of people, and the queue of who may be the same."""

    def record(self, patient_id: str) -> PatientRecord | None:
        """The record, read consistently."""
        ...

    def holder(self, number: str) -> Holder | None:
        """Whose a sender's record number is, by its blind key; read consistently."""
        ...

    def alike(self, bucket: str, *, limit: int) -> tuple[Listed, ...]:
        """People of the bucket; eventually consistent."""
        ...

    def open_pairs(self, *, limit: int, after: str | None = None) -> PairPage:
        """Pairs nobody has decided, by key."""
        ...

    def open_pair(self, key: str) -> Pair | None: ...

    def decide(self, pair: Pair, records: Sequence[PatientRecord] = ()) -> None:
        """Take the pair off the queue, keep its decision and write the records, or nothing.

        `VersionConflict` when it was decided meanwhile or a record was written.
        """
        ...
