"""Ops put right what no drug hangs on: the original stays, and every rule runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.machine.work import HELD
from pharmonico.fulfillment.patients.papers import KnownAllergy, PatientRecord, Person
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.corrections import Wish, correct
from pharmonico.fulfillment.validation.papers import Change, Correction
from pharmonico.fulfillment.validation.release import release
from pharmonico.fulfillment.validation.stage import validate
from pharmonico.kit.errors import Conflict, Invalid, StaleRevision
from pydantic import ValidationError

from tests.builders import published, work
from tests.prescribing import RX, a_medication, a_script, a_shelf, orders_with, the_order

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.order import Order

OPS = Actor(id="usr_ops", role="ops")
PHARMACIST = Actor(id="usr_rph", role="pharmacist")
KEY = "k" * 32
GOOD_NPI = "1234567802"
CIV = "newrx_controlled_civ"


def held(sample: str = "newrx", **changes: Any) -> MemoryOrders:
    orders = orders_with(a_script(sample, **changes), status=Status.RECEIVED)
    assert validate(work(), shelf=a_shelf(orders)) == HELD
    return orders


def corrected(orders: MemoryOrders, *changes: tuple[str, str], **facts: Any) -> Order:
    made = [Change.model_validate({"field": field, "value": value}) for field, value in changes]
    wish = Wish(**{"changes": made, "note": "Looked it up.", "actor": OPS, **facts})
    return correct(RX, wish, shelf=a_shelf(orders), patient_key=KEY)


def test_a_corrected_identifier_lets_it_go_on() -> None:
    orders = held(prescriber__npi="1234567890")
    order = corrected(orders, ("prescriber.npi", GOOD_NPI))
    assert (order.status, order.run, order.hold_reason) == (Status.VALIDATED, 2, None)
    assert published(orders)[1:] == ["prescription_validated", "prescription_resumed"]
    assert order.summary.prescriber_npi == GOOD_NPI


def test_the_original_stays_beside_the_correction() -> None:
    orders = held(prescriber__npi="1234567890")
    before = orders.document(RX, Script)
    corrected(orders, ("prescriber.npi", GOOD_NPI))
    after, paper = orders.document(RX, Script), orders.document(RX, Correction, "01")
    assert before is not None
    assert after is not None
    assert paper is not None
    assert after.raw_base64 == before.raw_base64
    assert after.message["prescriber"]["npi"] == GOOD_NPI
    (change,) = paper.changes
    assert (change.before, change.after) == ("1234567890", GOOD_NPI)
    assert (paper.by, paper.codes_before, paper.codes_after) == (
        "usr_ops",
        ("npi.check_digit",),
        (),
    )


def test_what_is_left_holds_it_still() -> None:
    orders = held(prescriber__npi="1234567890", patient__gender=None)
    order = corrected(orders, ("prescriber.npi", GOOD_NPI))
    assert (order.status, order.hold_reason) == (Status.VALIDATION_ISSUE, "demographics.missing")
    assert published(orders) == ["validation_failed", "prescription_corrected"]
    assert corrected(orders, ("patient.gender", "M")).status is Status.VALIDATED
    assert len(orders.documents(RX, Correction)) == 2


def test_a_wrong_correction_holds_by_the_same_rule() -> None:
    orders = held(prescriber__npi="1234567890")
    assert corrected(orders, ("prescriber.npi", "1234567891")).hold_reason == "npi.check_digit"


def test_a_corrected_name_is_another_patient_with_another_history() -> None:
    orders = held(prescriber__npi="1234567890")
    first = the_order(orders).patient_id
    order = corrected(orders, ("patient.name.last_name", "Roe"))
    patients = MemoryPatients(orders)
    old, new = patients.record(first), patients.record(order.patient_id)
    assert old is not None
    assert new is not None
    assert (len(old.medications), len(new.medications)) == (0, 1)
    assert order.summary.patient_name == "Jordan Roe"


@pytest.mark.parametrize("field", ["medication.quantity.value", "medication.sig.text", "header.x"])
def test_no_fact_of_the_drug_is_a_field_to_correct(field: str) -> None:
    with pytest.raises(ValidationError):
        Change.model_validate({"field": field, "value": "1"})


@pytest.mark.parametrize("field", ["patient.name.last_name", "prescriber.dea_number"])
def test_what_was_signed_with_a_controlled_substance_stays(field: str) -> None:
    orders = held(CIV, prescriber__npi="1234567890")
    with pytest.raises(Conflict, match="signed"):
        corrected(orders, (field, "Other"))
    assert corrected(orders, ("prescriber.npi", "1234567893")).status is Status.VALIDATED


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("prescriber.npi", "1234567890")],
        [("prescriber.npi", GOOD_NPI), ("prescriber.npi", GOOD_NPI)],
    ],
)
def test_changes_that_change_nothing_are_refused(changes: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid):
        corrected(held(prescriber__npi="1234567890"), *changes)


def test_a_correction_needs_a_note_and_the_present_revision() -> None:
    orders = held(prescriber__npi="1234567890")
    with pytest.raises(Invalid):
        corrected(orders, ("prescriber.npi", GOOD_NPI), note="  ")
    with pytest.raises(StaleRevision):
        corrected(orders, ("prescriber.npi", GOOD_NPI), expected_revision=1)


def test_what_is_not_held_is_not_corrected() -> None:
    orders = orders_with(a_script(), status=Status.RECEIVED)
    with pytest.raises(Conflict):
        corrected(orders, ("prescriber.npi", GOOD_NPI))


def test_a_product_that_brings_a_finding_is_noted_and_holds_until_it_is_seen() -> None:
    orders = held(medication__drug=None, medication__drug_description="A tablet")
    order = the_order(orders)
    record = PatientRecord(
        patient_id=order.patient_id,
        person=Person(last_name="Doe", first_name="Jordan", born="1979-05-17"),
        allergies=(KnownAllergy(text="Lipitor"),),
        version=1,
    )
    orders.put_document(record.owner, record)
    facts: dict[str, Any] = {"actor": PHARMACIST, "note": "Chosen.", "shelf": a_shelf(orders)}
    noted = release(RX, product=a_medication(), **facts)
    assert (noted.status, noted.hold_reason) == (Status.VALIDATION_ISSUE, "allergy.substance")
    assert release(RX, **facts).status is Status.VALIDATED
    validation = orders.document(RX, Validation)
    assert validation is not None
    assert validation.ndc == a_medication().ndc11
    assert "allergy.substance" in validation.overrides[0].codes
