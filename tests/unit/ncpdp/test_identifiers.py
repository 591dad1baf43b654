"""Identifier values that are known to be right or wrong, and the properties of check digits."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncpdp import codes, identifiers


@pytest.mark.parametrize(
    "npi",
    ["1234567893", "1993999998", "1245319599", "1000000012", "2999999990", "1873105526"],
)
def test_good_npi(npi: str) -> None:
    assert identifiers.is_npi(npi)


@pytest.mark.parametrize(
    ("npi", "problem"),
    [
        ("1234567890", "check_digit"),
        ("123456789", "malformed"),
        ("12345678901", "malformed"),
        ("0234567893", "malformed"),
        ("3234567893", "malformed"),
        ("1234567a93", "malformed"),
        ("808401234567893", "malformed"),
        ("", "malformed"),
        (" 1234567893", "malformed"),
        ("1234567893\n", "malformed"),
        ("١٢٣٤٥٦٧٨٩٣", "malformed"),
    ],
)
def test_bad_npi(npi: str, problem: str) -> None:
    assert identifiers.npi_problem(npi) == problem


@given(st.sampled_from("12"), st.text("0123456789", min_size=8, max_size=8))
def test_every_nine_digits_have_one_npi(first: str, rest: str) -> None:
    assert sum(identifiers.is_npi(f"{first}{rest}{last}") for last in range(10)) == 1


@pytest.mark.parametrize(
    ("dea", "kind", "initial"),
    [
        ("AP5836727", "practitioner", "P"),
        ("BB1388568", "practitioner", "B"),
        ("F91234563", "practitioner", "9"),
        ("MO3182057", "mid-level", "O"),
        ("bb1388568", "practitioner", "B"),
    ],
)
def test_good_dea(dea: str, kind: str, initial: str) -> None:
    parts = identifiers.dea(dea)
    assert parts
    assert (parts.registrant_type, parts.initial, parts.suffix) == (kind, initial, "")


@pytest.mark.parametrize(
    ("dea", "problem"),
    [
        ("AP5836728", "check_digit"),
        ("A15836727", "malformed"),
        ("AP583672", "malformed"),
        ("IP5836727", "malformed"),
        ("AP58367270", "malformed"),
        ("F91234563-", "malformed"),
        ("F91234563-00_1", "malformed"),
        ("", "malformed"),
    ],
)
def test_bad_dea(dea: str, problem: str) -> None:
    assert identifiers.dea_problem(dea) == problem
    assert identifiers.dea(dea) is None


def test_the_first_letter_is_that_of_a_register() -> None:
    kinds = {letter: identifiers.dea(f"{letter}P5836727") for letter in string.ascii_uppercase}
    assert "".join(letter for letter, parts in kinds.items() if parts is None) == "INOQVWYZ"
    named: dict[str, str] = {}
    for letter, parts in kinds.items():
        if parts:
            named[parts.registrant_type] = named.get(parts.registrant_type, "") + letter
    assert named == {
        "practitioner": "ABCFGX",
        "teaching institution": "D",
        "manufacturer": "E",
        "analytical lab": "H",
        "importer": "J",
        "exporter": "K",
        "reverse distributor": "L",
        "mid-level": "M",
        "distributor": "PR",
        "narcotic treatment program": "STU",
    }


def test_a_hospital_adds_its_suffix() -> None:
    parts = identifiers.dea("F91234563-001AB")
    assert parts
    assert (parts.number, parts.suffix) == ("F91234563", "001AB")


@pytest.mark.parametrize(
    ("dea", "surname", "fits"),
    [
        ("AP5836727", "Parker", True),
        ("AP5836727", " parker", True),
        ("AP5836727", "Baker", False),
        ("F91234563", "Anyone", True),
    ],
)
def test_the_second_letter_is_the_surnames(dea: str, surname: str, fits: bool) -> None:
    parts = identifiers.dea(dea)
    assert parts
    assert parts.fits_surname(surname) is fits


@pytest.mark.parametrize("value", ["5906017", "5656559", "0127781"])
def test_good_ncpdp_id(value: str) -> None:
    assert identifiers.is_ncpdp_id(value)


@pytest.mark.parametrize("value", ["5906018", "590601", "59060170", "ABCDEFG", ""])
def test_bad_ncpdp_id(value: str) -> None:
    assert not identifiers.is_ncpdp_id(value)


@given(st.text("0123456789", min_size=6, max_size=6))
def test_every_six_digits_have_one_ncpdp_id_and_one_dea(six: str) -> None:
    assert sum(identifiers.is_ncpdp_id(f"{six}{last}") for last in range(10)) == 1
    assert sum(identifiers.is_dea(f"AB{six}{last}") for last in range(10)) == 1


@pytest.mark.parametrize(
    ("sent", "normal"),
    [
        ("0074-4339-02", "00074433902"),
        ("57962-140-09", "57962014009"),
        ("61958-0701-1", "61958070101"),
        ("00074433902", "00074433902"),
        ("00074-4339-02", "00074433902"),
    ],
)
def test_ndc_is_brought_to_eleven_digits(sent: str, normal: str) -> None:
    assert identifiers.ndc(sent) == normal
    assert identifiers.ndc_problem(sent) is None
    assert identifiers.ndc_candidates(sent) == (normal,)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ("0074433902", "ambiguous"),
        ("0074-433-902", "malformed"),
        ("12345-6789", "malformed"),
        ("123456-7890-12", "malformed"),
        ("123456789012", "malformed"),
        ("00000000000", "placeholder"),
        ("99999999999", "placeholder"),
        ("0074-4339-0a", "malformed"),
        ("", "malformed"),
    ],
)
def test_ndc_is_never_guessed(sent: str, problem: str) -> None:
    assert identifiers.ndc(sent) is None
    assert identifiers.ndc_problem(sent) == problem


@given(st.text("0123456789", min_size=10, max_size=10))
def test_ten_digits_have_three_readings(ten: str) -> None:
    shapes = (
        f"{ten[:4]}-{ten[4:8]}-{ten[8:]}",
        f"{ten[:5]}-{ten[5:8]}-{ten[8:]}",
        f"{ten[:5]}-{ten[5:9]}-{ten[9:]}",
    )
    read = [identifiers.ndc(shape) for shape in shapes]
    if None not in read:
        assert identifiers.ndc_candidates(ten) == tuple(read)


def test_what_is_no_ndc_has_no_candidates() -> None:
    assert identifiers.ndc_candidates("12-34") == ()


@pytest.mark.parametrize("value", ["610014", "004336", "015581", "61001400"])
def test_good_bin(value: str) -> None:
    assert identifiers.is_bin(value)


@pytest.mark.parametrize("value", ["61001", "6100144", "61001A", ""])
def test_bad_bin(value: str) -> None:
    assert not identifiers.is_bin(value)


@pytest.mark.parametrize(
    ("value", "good"),
    [("ADV", True), ("A 1", True), ("1234567890", True), ("12345678901", False), ("", False)],
)
def test_pcn(value: str, good: bool) -> None:
    assert identifiers.is_pcn(value) is good


@pytest.mark.parametrize(
    "code", ["M05.79", "M0579", "E78.5", "Z79.899", "S72.001A", "U07.1", "F51.09", "I10"]
)
def test_good_icd10(code: str) -> None:
    assert identifiers.is_icd10cm(code)


@pytest.mark.parametrize("code", ["M5", "123.4", "E78.", "EE8.5", "S72.001AX9", ""])
def test_bad_icd10(code: str) -> None:
    assert not identifiers.is_icd10cm(code)


def test_schedules_and_units_lead_both_ways() -> None:
    assert codes.SCHEDULE_BY_NCIT["C48675"] == "CII"
    assert codes.NCIT_BY_SCHEDULE["CV"] == "C48679"
    assert codes.NCIT_BY_UNIT["ml"] == "C28254"
    assert codes.DOSAGE_UNITS["C48480"] == "capsule"
