"""What a patient takes and does not tolerate, from our own earlier prescriptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.patients.papers import (
    LINKED_MAX,
    KnownAllergy,
    PatientRecord,
    Person,
    PriorMedication,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from ncpdp.script import NewRx

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.ports import Patients

DAYS_UNSAID = 30
DAYS_MAX = 365
"""Refills end a year after the written date, whatever their number."""
PHONES_MAX = 4


@dataclass(frozen=True, slots=True)
class History:
    """Earlier prescriptions and allergies, of the patient and of records called the same."""

    medications: tuple[PriorMedication, ...] = ()
    allergies: tuple[KnownAllergy, ...] = ()

    def without(self, prescription_ids: Collection[str]) -> History:
        kept = (one for one in self.medications if one.prescription_id not in prescription_ids)
        return replace(self, medications=tuple(kept))


UNKNOWN = History()


def history_of(record: PatientRecord | None, *, order: Order, patients: Patients) -> History:
    """Everything but the prescription itself, and the one whose refills it continues."""
    if record is None:
        return UNKNOWN
    linked = (patients.record(other) for other in record.same_as[:LINKED_MAX])
    records = [record, *(other for other in linked if other)]
    return History(
        medications=tuple(one for each in records for one in each.medications),
        allergies=tuple(dict.fromkeys(one for each in records for one in each.allergies)),
    ).without(tuple(filter(None, (order.id, order.renewal_of))))


def person_of(body: NewRx) -> Person:
    """The patient as the message names it."""
    patient = body.patient
    if patient is None or patient.is_animal:
        return Person()
    name, address, contact = patient.name, patient.address, patient.contact
    phones = (
        (contact.primary_telephone, contact.home_telephone, contact.work_telephone)
        if contact
        else ()
    )
    born = patient.born_on
    return Person(
        last_name=(name and name.last_name) or "",
        first_name=(name and name.first_name) or "",
        suffix=(name and name.suffix) or "",
        born=born.isoformat() if born else "",
        sex=patient.gender or "",
        line1=(address and address.line1) or "",
        postal_code=(address and address.postal_code) or "",
        phones=tuple(phone.number for phone in phones if phone and phone.number)[:PHONES_MAX],
    )


def allergies_of(body: NewRx, *, today: date) -> tuple[KnownAllergy, ...]:
    """The allergies the message names that have not ended."""
    found = []
    for item in body.allergies.items if body.allergies else ():
        if item.expiration_date and item.expiration_date[:10] < today.isoformat():
            continue
        event, drug = item.adverse_event, item.drug
        text = (drug and drug.text) or (event and event.text) or ""
        code = drug.code if drug else None
        if text or code:
            found.append(KnownAllergy(text=text, code=code))
    return tuple(dict.fromkeys(found))


def last_day_of(start: date, *, days: int | None, refills: int | None) -> date:
    """The day on which the last fill is used up, whatever nonsense the message says."""
    each = min(days or DAYS_UNSAID, DAYS_MAX)
    lasts = timedelta(days=min(each * (1 + max(refills or 0, 0)), DAYS_MAX + each))
    return start + min(lasts, date.max - start)
