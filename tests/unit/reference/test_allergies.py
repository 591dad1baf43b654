"""Allergies: the substance itself, its class, and classes that are kin, each with its words."""

from __future__ import annotations

import pytest
from pharmonico.reference.allergies import allergen_of, matches


@pytest.mark.parametrize(
    ("allergen", "ingredient", "kind", "likelihood"),
    [
        ("amoxicillin", "amoxicillin", "substance", "certain"),
        ("Amoxil (amoxicillin) - rash", "amoxicillin", "substance", "certain"),
        ("penicillin", "amoxicillin", "class", "likely"),
        ("PCN", "penicillin v", "class", "likely"),
        ("amoxicillin", "penicillin v", "class", "likely"),
        ("penicillin", "cephalexin", "class", "possible"),
        ("cephalexin", "amoxicillin", "class", "possible"),
        ("penicillin", "meropenem", "class", "unlikely"),
        ("sulfa drugs", "sulfamethoxazole", "class", "likely"),
        ("Bactrim", "sulfasalazine", "class", "likely"),
        ("NSAIDs", "ibuprofen", "class", "likely"),
        ("aspirin", "naproxen", "class", "likely"),
        ("codeine", "morphine", "class", "likely"),
        ("morphine", "fentanyl", "class", "unlikely"),
        ("statins", "simvastatin", "class", "likely"),
        ("lisinopril", "enalapril", "class", "likely"),
        ("lisinopril", "losartan", "class", "possible"),
        ("Cipro", "levofloxacin", "class", "likely"),
        ("erythromycin", "azithromycin", "class", "likely"),
        ("doxycycline", "minocycline", "class", "likely"),
        ("fluconazole", "ketoconazole", "class", "likely"),
        ("lidocaine", "bupivacaine", "class", "likely"),
        ("Novocain", "benzocaine", "class", "likely"),
        ("benzocaine", "lidocaine", "class", "unlikely"),
        ("IV contrast dye", "iohexol", "class", "likely"),
        ("carbamazepine", "phenytoin", "class", "likely"),
        ("aztreonam", "ceftazidime", "class", "likely"),
    ],
)
def test_an_allergy_speaks_against_a_drug(
    allergen: str, ingredient: str, kind: str, likelihood: str
) -> None:
    found = matches(allergen, ingredient)
    assert found is not None
    assert (found.kind, found.likelihood) == (kind, likelihood)
    assert found.words.endswith(".")
    assert found.source


@pytest.mark.parametrize(
    ("allergen", "ingredient"),
    [
        ("sulfa", "furosemide"),
        ("penicillin", "azithromycin"),
        ("latex", "amoxicillin"),
        ("no known drug allergies", "amoxicillin"),
        ("", "amoxicillin"),
    ],
)
def test_an_allergy_to_something_else_says_nothing(allergen: str, ingredient: str) -> None:
    assert matches(allergen, ingredient) is None


def test_the_kinship_of_penicillins_and_cephalosporins_comes_with_its_note() -> None:
    found = matches("penicillin", "cephalexin")
    assert found is not None
    assert "side chains" in found.words


def test_a_code_is_an_ndc_or_an_rxnorm_ingredient() -> None:
    assert allergen_of(None, "723").ingredients == {"amoxicillin"}
    assert allergen_of(None, "00071015623").ingredients == {"atorvastatin"}
    assert allergen_of("Penicillin", "7980").ingredients == {"penicillin g"}


def test_what_is_not_understood_is_told_apart_from_no_match() -> None:
    assert not allergen_of("cat hair", "999999999")
    assert not allergen_of(None, "12345678901")
    assert allergen_of("sulfa")
