"""The word each identifier's problem is called by, and values that nobody expects."""

from __future__ import annotations

from typing import Any

import pytest
from ncpdp import identifiers


@pytest.mark.parametrize(
    ("value", "problem"),
    [("210988", "malformed"), ("2109887", "check_digit"), ("2109886", None)],
)
def test_ncpdp_id(value: str, problem: str | None) -> None:
    assert identifiers.ncpdp_id_problem(value) == problem


STRANGE = [
    None,
    b"1234567893",
    1234567893,
    ["1234567893"],
    "\x00",
    "\ud800",
    "".join(chr(ord(digit) + 0xFEE0) for digit in "1234567893"),
    "٣٤٥٦٧٨٩٣",
    "1234567893\u200b",
    "1" * 100_000,
    "-" * 100_000,
]


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_no_value_surprises(value: Any) -> None:
    problems = (
        identifiers.npi_problem,
        identifiers.dea_problem,
        identifiers.ncpdp_id_problem,
        identifiers.ndc_problem,
    )
    assert {problem(value) for problem in problems} == {"malformed"}
    good = (
        identifiers.is_npi,
        identifiers.is_dea,
        identifiers.is_ncpdp_id,
        identifiers.is_bin,
        identifiers.is_pcn,
        identifiers.is_icd10cm,
    )
    assert {is_good(value) for is_good in good} == {False}
    assert identifiers.dea(value) is None
    assert identifiers.ndc(value) is None
    assert identifiers.ndc_candidates(value) == ()


@pytest.mark.parametrize("number", ["a\u017f5836727", "p\u01315836727", "AP5836727-\u017f1"])
def test_only_ascii_letters_have_an_upper_case_in_a_dea_number(number: str) -> None:
    assert identifiers.dea_problem(number) == "malformed"


def test_only_ascii_letters_have_an_upper_case_in_a_diagnosis() -> None:
    assert identifiers.is_icd10cm("s72.001a")
    assert not identifiers.is_icd10cm("\u017f72.001a")


def test_an_accent_makes_no_other_initial() -> None:
    parts = identifiers.dea("AP5836727")
    assert parts
    assert parts.fits_surname("P\u0301arker")
    assert parts.fits_surname("\u1e54arker")  # a P with an accent
    assert not parts.fits_surname("Österreicher")
