"""The curated tables keep their promises, and a table that breaks one is not compiled."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from local.reference import compiling, interactions, tables
from local.reference.medications import SYNTHETIC_LABELER, brands, medications
from local.reference.tables import FOLDER, TableError, ingredients, listed, selected, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The tables in a folder of their own, to be damaged; nothing is remembered of them."""
    for path in FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    for remembered in (table, ingredients, medications, tables._collections):
        remembered.cache_clear()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_there_are_as_many_medications_and_interactions_as_promised() -> None:
    assert len(medications()) >= 600
    published = table("interaction_pairs")
    assert sum(row["source"] == "VA-NDFRT" for row in published) >= 700
    assert sum(row["source"] == "ONC-HIGH" for row in published) == 405


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_every_table_names_where_it_is_from(name: str) -> None:
    assert table(name)
    assert all(row["source"] for row in table(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_table_has_a_short_or_a_long_row(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1


def test_every_price_is_marked_synthetic() -> None:
    assert {row["price_source"] for row in medications()} == {"SYNTHETIC"}
    assert all(int(row["unit_price_minor"]) > 0 for row in medications())


def test_an_invented_package_says_so_by_labeler_and_source() -> None:
    invented = [row for row in medications() if row["ndc11"].startswith(SYNTHETIC_LABELER)]
    assert len(invented) > 100
    assert {row["source"] for row in invented} == {"SYNTHETIC"}
    assert all("Synthetic" in row["labeler"] for row in invented)


def test_the_opioids_of_the_pharmacy_are_controlled_and_have_their_program() -> None:
    for row in medications():
        if "oxycodone" in listed(row["ingredients"]):
            assert (row["dea_schedule"], row["rems"]) == ("CII", "opioid analgesics")


def test_a_package_of_several_ingredients_has_a_strength_for_each_or_none() -> None:
    for row in medications():
        strengths = listed(row["strength"])
        assert len(strengths) in {0, len(listed(row["ingredients"]))}
        assert all(re.match(r"[\d.]+ \S+", strength) for strength in strengths)


def test_a_brand_stands_for_one_thing_and_never_hides_an_ingredient() -> None:
    known = brands()
    assert known["augmentin"] == ("amoxicillin", "clavulanate")
    assert known["lipitor"] == ("atorvastatin",)
    assert not set(known) & set(ingredients())


def test_a_selector_takes_names_classes_and_groups() -> None:
    chosen = selected("riociguat; class:pde5_inhibitor; group:doac_all")
    assert chosen[:2] == ("riociguat", "avanafil")
    assert {"sildenafil", "apixaban"} <= set(chosen)


def test_both_sources_of_a_pair_are_named_and_the_gravest_severity_counts() -> None:
    known = interactions.pairs()
    pair = known["phenelzine", "sertraline"]
    assert {"ONC-HIGH", "VA-NDFRT", "FDA-LABEL"} == pair.sources
    assert pair.severity == 0
    published = {
        row["severity"]
        for row in table("interaction_pairs")
        if (row["ingredient_a"], row["ingredient_b"]) == ("phenelzine", "sertraline")
    }
    assert published == {"contraindicated", "major"}


def test_a_rule_without_severity_asserts_nothing() -> None:
    unasserted = [rule for rule in table("interaction_rules") if not rule["severity"]]
    assert unasserted
    assert all(pair.sources for pair in interactions.pairs().values())


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("ingredients", "atorvastatin,statin", "atorvastatin,statyn", "unknown class statyn"),
        ("ingredients", "abacavir,nrti,,", "abacavir,nrti,abatacept,", "used twice"),
        ("ingredients", "abacavir,nrti", "zzz,nrti", "not sorted"),
        ("interaction_pairs", "acarbose,cipro", "acarbos,cipro", "no ingredient acarbos"),
        ("interaction_pairs", ",moderate,", ",severe,", "cannot interact"),
        ("interaction_rules", "class:nitrate", "class:nitrates", "no class nitrates"),
        ("interaction_groups", "ace_or_arb,aliskiren", "ace_or_arb,aliskire", "no ingredient"),
        ("medications", "FDA-NDC-2015", "SOMEWHERE", "unknown source SOMEWHERE"),
        ("medications", "00002197561,", "0000219756,", "not as it should be"),
        ("medications", ",testosterone,testosterone,", ",testosterone,testosteron,", "not as it"),
        ("medications", ",CIII,", ",C3,", "not as it should be"),
        ("brands", "Advil,ibuprofen", "Advil,ibuprofin", "no ibuprofin"),
        ("doses", ",mg,1,", ",g,1,", "in g"),
        ("ages", "codeine; tramadol", "codein; tramadol", "no ingredient codein"),
        ("allergy_classes", "class:penicillin", "class:penicilin", "no class penicilin"),
    ],
)
def test_a_table_that_contradicts_another_is_not_compiled(
    copied: Path, file: str, old: str, new: str, words: str
) -> None:
    change(copied / f"{file}.csv", old, new)
    with pytest.raises(TableError, match=words):
        compiling.files()


def test_a_field_that_would_break_a_compact_line_is_refused(copied: Path) -> None:
    change(copied / "classes.csv", "ACE inhibitor", '"ACE\tinhibitor"')
    with pytest.raises(TableError, match="no field of a compact table"):
        compiling.files()
