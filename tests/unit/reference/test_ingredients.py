"""Ingredients: by brand, generic, salt, alias and in the words people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.reference import NOTICE
from pharmonico.reference.ingredients import (
    SALTS,
    index,
    ingredient_of_rxcui,
    ingredients_of,
    therapeutic_class,
)
from pharmonico.reference.sources import source_of, sources

from local.reference.medications import medications
from local.reference.tables import listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lisinopril", ("lisinopril",)),
        ("LISINOPRIL 10 MG TABLET", ("lisinopril",)),
        ("Lipitor 20mg", ("atorvastatin",)),
        ("atorvastatin calcium trihydrate", ("atorvastatin",)),
        ("Losartan Potassium and Hydrochlorothiazide", ("losartan", "hydrochlorothiazide")),
        ("potassium chloride ER 20 mEq", ("potassium",)),
        ("olmesartan medoxomil-hydrochlorothiazide", ("olmesartan", "hydrochlorothiazide")),
        ("sulfamethoxazole/trimethoprim DS", ("sulfamethoxazole", "trimethoprim")),
        ("warfarin (Coumadin) 5 mg", ("warfarin",)),
        ("APAP", ("acetaminophen",)),
        ("St. John\u2019s Wort", ("st john's wort",)),
        ("penicillin V potassium", ("penicillin v",)),
        ("omega-3-acid ethyl esters", ("omega-3 fatty acids",)),
        ("peginterferon alfa-2a", ("peginterferon alfa-2a",)),
        ("Vicodin", ("hydrocodone", "acetaminophen")),
        ("aspirin, aspirin", ("aspirin",)),
        ("insulin glargine", ("insulin glargine",)),
        ("insulin", ("insulin human",)),
        ("a cup of tea", ()),
        ("sodium", ()),
        ("", ()),
    ],
)
def test_a_product_is_known_by_its_words(text: str, expected: tuple[str, ...]) -> None:
    assert ingredients_of(text) == expected


def test_the_generic_name_of_every_package_leads_to_its_ingredients() -> None:
    """But for names whose words the source cut or runs together."""
    lost = [
        row["generic"]
        for row in medications()
        if set(ingredients_of(row["generic"])) != set(listed(row["ingredients"]))
    ]
    assert len(lost) <= len(medications()) // 50, lost


def test_no_salt_is_an_ingredients_only_name() -> None:
    minerals = {"calcium", "magnesium", "potassium", "alcohol"}
    assert SALTS & set(index().names) <= minerals


@given(st.text(max_size=700))
def test_any_text_is_read_and_names_only_known_ingredients(text: str) -> None:
    assert set(ingredients_of(text)) <= set(index().names)


def test_an_ingredient_has_a_class_with_words() -> None:
    statin = therapeutic_class("atorvastatin")
    assert statin is not None
    assert (statin.code, statin.words, statin.is_duplication) == ("statin", "statin", True)
    nrti = therapeutic_class("lamivudine")
    assert nrti is not None
    assert nrti.is_duplication is False
    assert therapeutic_class("unheard-of") is None


def test_an_rxnorm_code_leads_to_its_ingredient() -> None:
    assert ingredient_of_rxcui("723") == "amoxicillin"
    assert ingredient_of_rxcui("0") is None


def test_every_source_can_be_shown() -> None:
    assert "pharmacist's review" in NOTICE
    assert source_of("VA-NDFRT").publisher == "US Department of Veterans Affairs"
    assert all(each.title and each.licence for each in sources().values())
