"""Dosage forms: what a message means and what the catalogue has fall into the same families."""

from __future__ import annotations

import pytest
from pharmonico.reference.forms import family_of_code, family_of_form

from local.reference.medications import medications
from local.reference.tables import table


@pytest.mark.parametrize(
    ("form", "family"),
    [
        ("tablet", "tablet"),
        ("Tablet, Film Coated", "tablet"),
        ("CAPSULE, DELAYED RELEASE", "capsule"),
        ("injection, solution", "injection"),
        ("kit", None),
        ("", None),
    ],
)
def test_a_form_belongs_to_a_family_by_its_first_word(form: str, family: str | None) -> None:
    assert family_of_form(form) == family


def test_a_code_belongs_to_a_family_or_says_nothing() -> None:
    assert family_of_code("C42998") == "tablet"
    assert family_of_code("C99999") is None
    assert family_of_code(None) is None


def test_every_code_is_of_a_family_that_forms_have() -> None:
    families = {row["family"] for row in table("dosage_forms")}
    assert {row["family"] for row in table("dosage_form_codes")} <= families


def test_nine_packages_of_ten_have_a_family() -> None:
    known = sum(family_of_form(row["dosage_form"]) is not None for row in medications())
    assert known > 0.9 * len(medications())
