"""What the clinical rules say of a drug for a patient with a history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.patients.papers import (
    KnownAllergy,
    PatientRecord,
    Person,
    PriorMedication,
)
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.examining import examine
from pharmonico.fulfillment.validation.stage import holding
from pharmonico.reference import NOTICE
from pharmonico.reference.sources import sources

from tests.builders import a_clock, stored
from tests.prescribing import a_script, a_shelf, orders_with, the_order

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Finding

PATIENT = "pat_01TEST"
EARLIER = "rx_00EARLIER"
WRITTEN = date(2026, 9, 14)
LIPITOR_KEY = "atorvastatin calcium|20 mg/1|tablet, film coated"


def a_prior(**changes: Any) -> PriorMedication:
    facts: dict[str, Any] = {
        "prescription_id": EARLIER,
        "drug": "Simvastatin 20 MG Oral Tablet",
        "drug_key": "simvastatin 20 mg oral tablet",
        "ingredients": ("simvastatin",),
        "prescriber_npi": "1234567893",
        "written_on": date(2026, 8, 1),
        "ends_on": date(2026, 12, 1),
    }
    return PriorMedication(**{**facts, **changes})


def findings(
    *medications: PriorMedication,
    tolerates_not: tuple[str, ...] = (),
    earlier: Status | None = None,
    days_later: int = 0,
    **changes: Any,
) -> list[Finding]:
    """The findings on the sample (atorvastatin 20 mg once a day) with these changes."""
    orders = orders_with(a_script(**changes), status=Status.RECEIVED)
    if earlier:
        stored(orders, id=EARLIER, status=earlier)
    known = tuple(KnownAllergy(text=text) for text in tolerates_not)
    record = PatientRecord(
        patient_id=PATIENT,
        person=Person(last_name="Doe", first_name="Jordan", born="1979-05-17"),
        medications=medications,
        allergies=known,
    )
    orders.put_document(record.owner, record)
    clock = a_clock()
    clock.advance(timedelta(days=days_later))
    shelf = a_shelf(orders, clock=clock)
    return list(examine(the_order(orders), shelf=shelf).validation.findings)


def codes(*medications: PriorMedication, **changes: Any) -> list[str]:
    return [finding.code for finding in findings(*medications, **changes)]


def text_of_sig(text: str) -> dict[str, Any]:
    return {"medication__sig": {"text": text}}


def allergic_to(text: str) -> dict[str, Any]:
    return {"allergies": {"items": [{"drug": {"text": text}}]}}


def test_nothing_is_found_without_a_history() -> None:
    assert codes() == []


def test_two_of_a_class_that_is_taken_once_are_a_duplicate_and_hold() -> None:
    (found,) = findings(a_prior())
    assert (found.code, found.related) == ("duplicate.therapy", (EARLIER,))
    assert holding((found,)) == ("duplicate.therapy",)
    assert "Simvastatin" in found.message


def test_what_was_used_up_is_no_duplicate() -> None:
    assert codes(a_prior(ends_on=date(2026, 9, 14))) == []


def test_the_same_drug_by_the_same_prescriber_of_the_same_day_is_the_same_order() -> None:
    twin = a_prior(
        drug_key=LIPITOR_KEY,
        ingredients=("atorvastatin",),
        prescriber_npi="1234567802",
        written_on=WRITTEN,
    )
    assert codes(twin) == ["duplicate.same_order"]
    assert codes(twin.model_copy(update={"written_on": date(2026, 8, 1)})) == ["duplicate.therapy"]


def test_a_renewal_goes_on_from_what_is_nearly_used_up() -> None:
    last = a_prior(drug_key=LIPITOR_KEY, ingredients=("atorvastatin",), ends_on=date(2026, 9, 20))
    assert codes(last) == []


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.RETURNED])
def test_what_came_to_nothing_is_not_taken(status: Status) -> None:
    assert codes(a_prior(), earlier=status) == []
    assert codes(a_prior(), earlier=Status.DELIVERED) == ["duplicate.therapy"]


@pytest.mark.parametrize(
    ("prescribed", "taken", "code", "holds"),
    [
        ("Simvastatin 20 MG", "itraconazole", "interaction.contraindicated", True),
        ("Atorvastatin 20 MG", "itraconazole", "interaction.major", True),
        ("Lisinopril 10 MG", "ibuprofen", "interaction.moderate", False),
    ],
)
def test_an_interaction_holds_by_its_severity(
    prescribed: str, taken: str, code: str, holds: bool
) -> None:
    found = findings(
        a_prior(drug=taken, drug_key=taken, ingredients=(taken,)),
        medication__drug=None,
        medication__drug_description=prescribed,
    )
    (interaction,) = [each for each in found if each.code.startswith("interaction")]
    assert (interaction.code, interaction.related) == (code, (EARLIER,))
    assert bool(holding((interaction,))) is holds


def test_what_stays_on_the_skin_does_not_interact() -> None:
    taken = a_prior(drug="x", drug_key="x", ingredients=("itraconazole",), is_systemic=False)
    assert codes(taken) == []


def test_every_clinical_finding_names_its_sources_and_asks_for_a_review() -> None:
    taken = a_prior(ingredients=("simvastatin", "itraconazole"))
    found = findings(taken, tolerates_not=("Lipitor",), **text_of_sig("Take 4 tablets twice daily"))
    assert {each.code.split(".")[0] for each in found} >= {"duplicate", "interaction", "dose"}
    for each in found:
        assert each.notice == NOTICE
        assert each.sources
        assert set(each.sources) <= set(sources())


def test_an_allergy_of_the_message_and_one_of_the_record_hold_alike() -> None:
    sent = findings(**allergic_to("atorvastatin"))
    known = findings(tolerates_not=("Lipitor",))
    assert [each.code for each in (*sent, *known)] == ["allergy.substance"] * 2
    assert holding(tuple(sent)) == ("allergy.substance",)


def test_an_allergy_to_the_class_holds() -> None:
    drug = {"product_code": None, "product_code_qualifier": None}
    found = codes(
        **allergic_to("penicillin"),
        medication__drug_description="Amoxicillin 500 MG Oral Capsule",
        medication__drug=drug,
    )
    assert "allergy.class" in found


def test_an_allergy_nobody_can_read_is_said_to_be_unchecked_and_holds_nothing() -> None:
    found = findings(**allergic_to("zorblax powder"))
    assert [each.code for each in found] == ["allergy.unread"]
    assert holding(tuple(found)) == ()


def test_an_allergy_that_has_ended_is_passed_over() -> None:
    item = {"drug": {"text": "atorvastatin"}, "expiration_date": "2020-01-01"}
    assert codes(allergies={"items": [item]}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 1 tablet by mouth once daily at bedtime", []),
        ("Take 4 tablets by mouth twice daily", ["dose.unusual"]),
        ("take two tablets every 4 hours", ["dose.unusual"]),
        ("Take 4 tablets by mouth twice daily for 2 days, then 1 daily", []),
        ("Take 8 tablets as directed", []),
        ("Take 9 tablets by mouth at bedtime as needed", ["dose.unusual"]),
    ],
)
def test_a_dose_is_judged_only_where_it_follows(text: str, expected: list[str]) -> None:
    assert codes(**text_of_sig(text)) == expected


def test_a_dose_in_codes_counts_before_the_text() -> None:
    tablets = {"text": "tablet", "code": "C48542", "qualifier": "AA"}
    instruction = {
        "administration": {"dosage": {"quantities": ["5"], "units": [tablets]}},
        "timings": [{"frequency": {"values": ["2"], "units": {"text": "day"}}}],
    }
    sig = {"text": "as told", "instructions": [instruction]}
    (found,) = findings(medication__sig=sig)
    assert (found.code, found.about) == ("dose.unusual", "atorvastatin")
    assert "200 mg a day is unusually high" in found.message


def test_a_childs_dose_is_not_held_against_an_adults() -> None:
    found = codes(patient__date_of_birth="2014-01-01", **text_of_sig("Take 4 tablets twice daily"))
    assert "dose.unusual" not in found


def test_an_age_of_concern_is_shown() -> None:
    (found,) = findings(patient__date_of_birth="2024-01-01")
    assert (found.code, found.about) == ("age.unusual", "atorvastatin")
    assert holding((found,)) == ()


def test_an_animal_has_no_age_for_people() -> None:
    assert "age.unusual" not in codes(
        patient__date_of_birth="2024-01-01", patient__kind="NonHumanPatient"
    )
