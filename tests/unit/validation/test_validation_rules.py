"""What the rules say about one message, finding by finding."""

from datetime import timedelta
from typing import Any

import pytest
from pharmonico.fulfillment.documents import Finding
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.examining import examine
from pharmonico.fulfillment.validation.stage import holding

from tests.builders import a_clock
from tests.prescribing import (
    a_directory,
    a_medication,
    a_script,
    a_shelf,
    orders_with,
    the_order,
)

CIV = "newrx_controlled_civ"


def findings(sample: str = "newrx", *, days_later: int = 0, **changes: Any) -> list[Finding]:
    directory = a_directory(medications=changes.pop("medications", ()))
    script = a_script(sample, **changes)
    orders = orders_with(script, status=Status.RECEIVED)
    clock = a_clock()
    clock.advance(timedelta(days=days_later))
    shelf = a_shelf(orders, directory=directory, clock=clock)
    return list(examine(the_order(orders), shelf=shelf).validation.findings)


def codes(sample: str = "newrx", **changes: Any) -> list[str]:
    return [finding.code for finding in findings(sample, **changes)]


def test_the_sample_messages_are_clean() -> None:
    assert (codes(), codes(CIV)) == ([], [])


@pytest.mark.parametrize("npi", ["1234567890", "123456789", "3234567893", None])
def test_an_npi_that_fails_its_check_has_one_code_whatever_is_wrong(npi: str | None) -> None:
    assert codes(prescriber__npi=npi) == ["npi.check_digit"]


def test_a_wrong_npi_of_the_addressed_pharmacy_is_shown_and_holds_nothing() -> None:
    found = findings(pharmacy__npi="1234567890")
    assert [finding.code for finding in found] == ["pharmacy.npi.check_digit"]
    assert holding(tuple(found)) == ()


def test_a_finding_tells_what_was_sent_and_where() -> None:
    (found,) = findings(prescriber__npi="1234567890")
    assert (found.sent, found.severity) == ("1234567890", "error")
    assert found.path == "NewRx/Prescriber/NonVeterinarian/Identification/NPI"


@pytest.mark.parametrize(
    ("ndc", "expected"),
    [
        ("0071-0156-23", ["ndc.read_as"]),
        ("0071015623", ["ndc.read_as"]),
        ("9999999999", ["ndc.ambiguous"]),
        ("12345678901", ["ndc.unknown"]),
        ("0071-015-623", ["ndc.malformed"]),
        ("123456-7890-12", ["ndc.malformed"]),
    ],
)
def test_an_ndc_is_looked_up_in_every_reading_and_never_guessed(
    ndc: str, expected: list[str]
) -> None:
    assert codes(medication__drug__product_code=ndc) == expected


def test_ten_digits_that_fit_two_products_stay_ambiguous() -> None:
    twin = a_medication(ndc11="00710015623")
    assert codes(medication__drug__product_code="0071015623", medications=(twin,)) == [
        "ndc.ambiguous"
    ]


def test_a_read_ndc_is_shown_with_its_eleven_digits() -> None:
    (found,) = findings(medication__drug__product_code="0071-0156-23")
    assert (found.severity, found.normalised) == ("info", "00071015623")


def test_a_message_without_ndc_holds_as_a_warning_until_somebody_chooses() -> None:
    found = findings(medication__drug=None)
    assert [(finding.code, finding.severity) for finding in found] == [("ndc.absent", "warning")]
    assert holding(tuple(found)) == ("ndc.absent",)


def test_capsules_of_a_tablet_are_a_mismatch() -> None:
    assert codes(medication__quantity__unit_code="C48480") == ["dosage_form.mismatch"]


def test_an_unknown_unit_says_nothing_about_the_form() -> None:
    assert codes(medication__quantity__unit_code="C99999") == []


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_quantity_has_to_be_above_zero(value: str) -> None:
    assert "quantity.not_positive" in codes(medication__quantity__value=value)


def test_quantity_sufficient_needs_no_number() -> None:
    assert codes(medication__quantity={"code_list_qualifier": "QS"}) == []


@pytest.mark.parametrize("days", [None, "0", "thirty"])
def test_days_supply_has_to_be_a_number_above_zero(days: str | None) -> None:
    assert "days_supply.missing" in codes(medication__days_supply=days)


def test_directions_are_needed() -> None:
    assert codes(medication__sig=None) == ["sig.missing"]


def test_name_birth_date_and_gender_make_a_patient() -> None:
    assert codes(patient__gender=None) == ["demographics.missing"]
    assert "demographics.missing" in codes(patient__date_of_birth="17 May 1979")


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2026-09-15", []),
        ("2026-09-16", ["demographics.missing"]),
        ("1901-01-01", []),
        ("1900-12-31", ["demographics.missing"]),
    ],
)
def test_a_birth_date_is_that_of_somebody_alive(born: str, expected: list[str]) -> None:
    found = codes(patient__date_of_birth=born)
    assert [code for code in found if code != "age.unusual"] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-09-15", []),
        ("2026-09-16", ["written_date.future"]),
        ("2025-09-15", []),
        ("2025-09-14", ["written_date.expired"]),
    ],
)
def test_a_prescription_lasts_a_year(written: str, expected: list[str]) -> None:
    assert codes(medication__written_date=written) == expected


def test_a_date_that_is_none_is_said_so() -> None:
    assert "written_date.malformed" in codes(medication__written_date="yesterday")


@pytest.mark.parametrize(("days_later", "expected"), [(180, []), (181, ["written_date.expired"])])
def test_a_schedule_iv_prescription_lasts_six_months(days_later: int, expected: list[str]) -> None:
    assert codes(CIV, days_later=days_later) == expected


def test_a_schedule_ii_prescription_lasts_ninety_days_and_has_no_refills() -> None:
    strict = {"medication__drug__dea_schedule_code": "C48675"}
    assert codes(CIV, **strict) == ["refills.not_allowed"]
    assert codes(CIV, days_later=90, medication__number_of_refills="0", **strict) == [
        "written_date.expired"
    ]


def test_a_schedule_iv_drug_has_at_most_five_refills() -> None:
    assert codes(CIV, medication__number_of_refills="5") == []
    assert codes(CIV, medication__number_of_refills="6") == ["refills.not_allowed"]


def test_a_controlled_substance_needs_a_dea_number_and_a_signature() -> None:
    found = codes(CIV, prescriber__dea_number=None, header__digital_signature=None)
    assert found == ["dea.missing", "epcs.signature_missing"]


def test_the_catalogue_knows_a_controlled_substance_that_the_message_does_not_call_one() -> None:
    found = codes(CIV, medication__drug__dea_schedule_code=None, header__digital_signature=None)
    assert found == ["epcs.signature_missing"]


def test_a_wrong_dea_number_is_found() -> None:
    assert codes(CIV, prescriber__dea_number="AP1357920") == ["dea.check_digit"]
