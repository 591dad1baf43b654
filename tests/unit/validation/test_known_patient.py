"""A clinic's record number stands for one person; another name or birth date under it holds."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Script, Validation
from pharmonico.fulfillment.patients.holders import KEY_CHARS
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.corrections import Wish, correct
from pharmonico.fulfillment.validation.papers import Change
from pharmonico.fulfillment.validation.release import release
from pharmonico.fulfillment.validation.stage import validate

from tests.builders import stored, work
from tests.prescribing import a_script, a_shelf
from tests.unit.intake.conftest import NEW_RX, Clinic, under_id

OPS = Actor(id="usr_ops", role="ops")
NUMBER = "BLINDKEY"
AGNES = {"patient__name__first_name": "Agnes", "patient__name__last_name": "Smith"}


class Clinics:
    """Prescriptions of one record number, one after the other."""

    def __init__(self) -> None:
        self.orders = MemoryOrders()
        self.shelf = a_shelf(self.orders)
        self.count = 0

    def sends(self, number: str | None = NUMBER, **patient: Any) -> str:
        """Validated; answers the id. Each is another drug's, so that no duplicate holds it."""
        self.count += 1
        order_id = f"rx_{self.count}"
        stored(self.orders, id=order_id, patient_id=f"pat_{self.count}")
        script = a_script(**patient).model_copy(update={"holder": number})
        self.orders.put_document(order_id, script)
        validate(work(order_id), shelf=self.shelf)
        return order_id

    def codes(self, order_id: str) -> set[str]:
        paper = self.orders.document(order_id, Validation)
        assert paper is not None
        return {finding.code for finding in paper.findings}

    def holds(self, order_id: str) -> bool:
        return "patient.mismatch" in self.codes(order_id)


@pytest.fixture
def clinics() -> Clinics:
    return Clinics()


@pytest.mark.parametrize(
    "other",
    [
        AGNES,
        {"patient__date_of_birth": "1979-05-18"},
        {"patient__name__first_name": "Agnes"},
        {"patient__name__last_name": "Smith"},
    ],
)
def test_another_person_under_a_known_number_is_held(
    clinics: Clinics, other: dict[str, Any]
) -> None:
    assert not clinics.holds(clinics.sends())
    second = clinics.sends(**other)
    assert clinics.holds(second)
    assert clinics.orders.get(second).status is Status.VALIDATION_ISSUE


@pytest.mark.parametrize(
    "spelling",
    [
        {},
        {"patient__name__last_name": "DOE"},
        {"patient__name__first_name": "Jordon"},
        {"patient__address__city": "Dayton"},
    ],
)
def test_the_same_person_otherwise_spelt_is_not(clinics: Clinics, spelling: dict[str, Any]) -> None:
    clinics.sends()
    assert not clinics.holds(clinics.sends(**spelling))


def test_another_number_or_none_says_nothing(clinics: Clinics) -> None:
    clinics.sends()
    assert not clinics.holds(clinics.sends("OTHERKEY", **AGNES))
    assert not clinics.holds(clinics.sends(None, **AGNES))


def test_who_was_held_did_not_take_the_number_over(clinics: Clinics) -> None:
    clinics.sends()
    clinics.sends(**AGNES)
    assert clinics.holds(clinics.sends(**AGNES))
    assert not clinics.holds(clinics.sends())


def test_released_once_the_other_spelling_is_known(clinics: Clinics) -> None:
    clinics.sends()
    married = {"patient__name__last_name": "Smith"}
    held = clinics.sends(**married)
    release(held, actor=OPS, note="Married in May.", shelf=clinics.shelf)
    assert clinics.orders.get(held).status is Status.VALIDATED
    assert not clinics.holds(clinics.sends(**married))


def test_a_prescriptions_own_mistake_does_not_stand_in_its_way(clinics: Clinics) -> None:
    """The first one of a number had the wrong birth date, and was held for its NPI."""
    first = clinics.sends(patient__date_of_birth="1997-05-17", prescriber__npi="1234567890")
    wish = Wish(
        changes=[
            Change(field="patient.date_of_birth", value="1979-05-17"),
            Change(field="prescriber.npi", value="1234567802"),
        ],
        note="Called the clinic.",
        actor=OPS,
    )
    correct(first, wish, shelf=clinics.shelf, patient_key="k" * 32)
    assert not clinics.holds(first)
    assert not clinics.holds(clinics.sends())


def test_the_intake_keeps_the_number_blind() -> None:
    clinic = Clinic()
    number = "<MedicalRecordIdentificationNumberEHR>MRN-1</MedicalRecordIdentificationNumberEHR>"
    named = f"<HumanPatient><Identification>{number}</Identification>"
    numbered = NEW_RX.replace(b"<HumanPatient>", named.encode(), 1)
    clinic.script(numbered)
    clinic.script(under_id("EX-2", NEW_RX))
    first, second = (clinic.orders.document(order.id, Script) for order in clinic.stored)
    assert first is not None
    assert second is not None
    assert len(first.holder or "") == KEY_CHARS
    assert "MRN" not in (first.holder or "")
    assert second.holder is None
