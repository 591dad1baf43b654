"""What lies beside the prescription at the counter: what the patient does not tolerate, and takes.

Only what came through us is known: what somebody else prescribed or sold is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script import NewRx

from pharmonico.fulfillment.dispensing.shown import AllergyBeside, Beside, MedicationBeside
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.patients.history import allergies_of, person_of
from pharmonico.fulfillment.patients.papers import LINKED_MAX
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.examining import NOT_TAKEN, message_of
from pharmonico.kit.errors import Forbidden
from pharmonico.reference import allergies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pharmonico.fulfillment.access import Caller
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientRecord, PriorMedication
    from pharmonico.fulfillment.validation.examining import Shelf


def check_may_see(order: Order, caller: Caller) -> None:
    """`Forbidden` for pharmacists of other pharmacies than the one that was chosen.

    Those who belong to none work on what no pharmacy has yet, and on what comes back.
    """
    own = caller.pharmacies
    if order.pharmacy_id is not None and own and order.pharmacy_id not in own:
        raise Forbidden("dispensing.other_pharmacy", "Another pharmacy was chosen for this one.")


def beside(order: Order, *, shelf: Shelf) -> Beside:
    """Read from the message and the patient's records as they are now."""
    script = shelf.orders.document(order.id, Script)
    body = message_of(script).body if script else None
    new_rx = body if isinstance(body, NewRx) else None
    records = _records(order, new_rx, shelf=shelf)
    return Beside(
        prescription_id=order.id,
        patient_id=order.patient_id,
        is_patient_known=any(_earlier(order, record) for record in records),
        allergies=list(_allergies(new_rx, records, shelf=shelf)),
        medications=_medications(order, records, shelf=shelf),
    )


def _records(order: Order, new_rx: NewRx | None, *, shelf: Shelf) -> list[PatientRecord]:
    """The patient's own record first; none where nobody can be told from anybody else."""
    if new_rx is None or not person_of(new_rx).is_known:
        return []
    own = shelf.patients.record(order.patient_id)
    linked = [shelf.patients.record(each) for each in (own.same_as if own else ())[:LINKED_MAX]]
    return [record for record in (own, *linked) if record]


def _allergies(
    new_rx: NewRx | None, records: Iterable[PatientRecord], *, shelf: Shelf
) -> Iterator[AllergyBeside]:
    sent = allergies_of(new_rx, today=shelf.clock.now().date()) if new_rx else ()
    kept = (known for record in records for known in record.allergies)
    for known in dict.fromkeys((*sent, *kept)):
        yield AllergyBeside(
            text=known.text,
            code=known.code,
            told_by="this_prescription" if known in sent else "earlier_prescription",
            is_checked=bool(allergies.allergen_of(known.text, known.code)),
        )


def _medications(
    order: Order, records: Iterable[PatientRecord], *, shelf: Shelf
) -> list[MedicationBeside]:
    """Active ones; what was cancelled or sent back gives the patient nothing to take."""
    today = shelf.clock.now().date()
    active = {
        one.prescription_id: (record.patient_id, one)
        for record in records
        for one in _earlier(order, record)
        if one.is_active(today)
    }
    statuses = {each.id: each.status for each in shelf.orders.several(tuple(active))}
    return [
        MedicationBeside(
            patient_id=patient_id,
            status=statuses[prior.prescription_id],
            **prior.model_dump(exclude={"drug_key", "is_systemic"}),
        )
        for patient_id, prior in active.values()
        if statuses.get(prior.prescription_id, Status.CANCELLED) not in NOT_TAKEN
    ]


def _earlier(order: Order, record: PatientRecord) -> list[PriorMedication]:
    return [one for one in record.medications if one.prescription_id != order.id]
