"""Interactions: found in either order, with their gravity, their reason and who says so."""

from __future__ import annotations

import pytest
from pharmonico.reference import interactions as runtime
from pharmonico.reference.interactions import SEVERITIES, UNEXPLAINED, among, between, read

from local.reference import interactions as curated
from local.reference.tables import table


def test_every_compiled_pair_is_found_as_it_was_compiled() -> None:
    for (one, other), pair in curated.pairs().items():
        found = between(one, other)
        assert found is not None
        assert found == between(other, one)
        assert SEVERITIES.index(found.severity) == pair.severity
        assert set(found.sources) == pair.sources
        assert found.mechanism == pair.mechanism
        assert {found.perpetrator, found.victim} == {one, other}


def test_every_high_priority_pair_is_contraindicated() -> None:
    for row in table("interaction_pairs"):
        if row["source"] == "ONC-HIGH":
            found = between(row["ingredient_a"], row["ingredient_b"])
            assert found is not None
            assert found.severity == "contraindicated"
            assert "ONC-HIGH" in found.sources


def test_the_words_say_who_does_what_to_whom() -> None:
    found = between("simvastatin", "clarithromycin")
    assert found is not None
    assert (found.perpetrator, found.victim) == ("clarithromycin", "simvastatin")
    assert found.words == "Clarithromycin may raise the level of simvastatin (CYP3A4)."


def test_a_pair_without_a_known_mechanism_says_that() -> None:
    unexplained = next(key for key, pair in curated.pairs().items() if pair.mechanism is None)
    found = between(*unexplained)
    assert found is not None
    assert (found.mechanism, found.words) == (None, UNEXPLAINED)


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("nitroglycerin", "sildenafil", "contraindicated"),
        ("phenelzine", "sertraline", "contraindicated"),
        ("gemfibrozil", "simvastatin", "contraindicated"),
        ("lisinopril", "sacubitril", "contraindicated"),
        ("alprazolam", "oxycodone", "major"),
        ("ibuprofen", "warfarin", "major"),
        ("clopidogrel", "omeprazole", "major"),
        ("apixaban", "rifampin", "major"),
        ("ethinyl estradiol", "carbamazepine", "major"),
        ("lisinopril", "spironolactone", "major"),
        ("lisinopril", "ibuprofen", "moderate"),
        ("ciprofloxacin", "calcium", "moderate"),
        ("acetaminophen", "warfarin", "minor"),
    ],
)
def test_what_every_pharmacist_knows_is_in_the_table(one: str, other: str, severity: str) -> None:
    found = between(one, other)
    assert found is not None
    assert found.severity == severity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lisinopril", "lisinopril"),
        ("lisinopril", "metformin"),
        ("sulfamethoxazole", "trimethoprim"),
        ("levodopa", "selegiline"),
        ("lisinopril", "unheard-of"),
        ("", "lisinopril"),
    ],
)
def test_what_does_not_interact_has_no_interaction(one: str, other: str) -> None:
    assert between(one, other) is None


def test_among_several_drugs_the_gravest_comes_first_and_each_once() -> None:
    found = among(["simvastatin", "lisinopril"], ["ibuprofen", "clarithromycin", "simvastatin"])
    assert [(each.severity, each.perpetrator, each.victim) for each in found] == [
        ("contraindicated", "clarithromycin", "simvastatin"),
        ("moderate", "ibuprofen", "lisinopril"),
    ]


def test_a_table_of_another_length_is_refused() -> None:
    packed = curated.pack()
    assert len(read(packed).keys) == len(curated.pairs())
    for damaged in (packed[:-1], packed + b"\0"):
        with pytest.raises(ValueError, match="as long as it says"):
            runtime.read(damaged)
