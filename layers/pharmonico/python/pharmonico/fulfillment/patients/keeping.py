"""What a validated prescription adds to the patients' papers, written in the order's own write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.patients.matching import ASK_FROM, likeness
from pharmonico.fulfillment.patients.papers import Listed, Pair, PatientRecord, pair_key

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper, Person
    from pharmonico.fulfillment.patients.ports import Patients

ALIKE_MAX = 50
PAIRS_MAX = 3
"""The likeliest are asked about; once they are answered the others are seldom of interest."""


def listing(
    order: Order, person: Person, *, bucket: str, at: datetime, patients: Patients
) -> list[PatientPaper]:
    """A new patient's place among people, and the pairs that somebody has to look at."""
    others = patients.alike(bucket, limit=ALIKE_MAX)
    pairs = [
        _pair(order, person, other, at=at) for other in others if other.key != order.patient_id
    ]
    asked = sorted((pair for pair in pairs if pair.score >= ASK_FROM), key=lambda it: -it.score)
    return [Listed(key=order.patient_id, bucket=bucket, person=person), *asked[:PAIRS_MAX]]


def fresh(order: Order, person: Person) -> PatientRecord:
    return PatientRecord(patient_id=order.patient_id, person=person)


def _pair(order: Order, person: Person, other: Listed, *, at: datetime) -> Pair:
    found = likeness(person, other.person)
    first, second = sorted(
        ((order.patient_id, person), (other.key, other.person)), key=lambda each: each[0]
    )
    return Pair(
        key=pair_key(order.patient_id, other.key),
        patient_ids=(first[0], second[0]),
        people=(first[1], second[1]),
        score=found.score,
        breakdown=found.breakdown,
        prescription_id=order.id,
        found_at=at,
    )
