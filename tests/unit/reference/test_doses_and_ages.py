"""Doses and ages: what is usual passes, what is not has a reason and a source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pharmonico.reference import ages, doses

from local.reference.tables import table


@pytest.mark.parametrize(
    ("ingredient", "mg_a_day", "kind"),
    [
        ("lisinopril", "10", None),
        ("lisinopril", "80", None),
        ("lisinopril", "100", "high"),
        ("acetaminophen", "6000", "high"),
        ("levothyroxine", "0.1", None),
        ("levothyroxine", "100", "high"),
        ("metformin", "100", "low"),
        ("methotrexate", "2.5", None),
        ("methotrexate", "10", "high"),
        ("oxycodone", "80", "high"),
        ("unheard-of", "1", None),
    ],
)
def test_a_daily_amount_is_held_against_what_is_usual(
    ingredient: str, mg_a_day: str, kind: str | None
) -> None:
    found = doses.concern(ingredient, mg_a_day=Decimal(mg_a_day))
    assert (found.kind if found else None) == kind


def test_a_weekly_drug_is_counted_by_the_week() -> None:
    found = doses.concern("methotrexate", mg_a_day=Decimal(15))
    assert found is not None
    assert (found.given, found.usual.high, found.usual.per_days) == (105, 25, 7)


def test_a_dose_belongs_to_its_route() -> None:
    assert doses.usual_dose("semaglutide") != doses.usual_dose("semaglutide", "subcutaneous")
    assert doses.usual_dose("lisinopril", "subcutaneous") is None


def test_every_range_is_one() -> None:
    for row in table("doses"):
        usual = doses.usual_dose(row["ingredient"], row["route"])
        assert usual is not None
        assert 0 < usual.low <= usual.high
        assert usual.source == row["source"]


def test_opioids_are_counted_in_oral_morphine() -> None:
    assert doses.morphine_mg("oxycodone", mg_a_day=Decimal(60)) == 90
    assert doses.morphine_mg("ibuprofen", mg_a_day=Decimal(60)) is None


@pytest.mark.parametrize(
    ("ingredient", "years", "levels"),
    [
        ("codeine", 11.9, ["contraindicated", "caution"]),
        ("codeine", 30, []),
        ("doxycycline", 7, ["contraindicated"]),
        ("doxycycline", 8, []),
        ("aspirin", 15, ["contraindicated"]),
        ("aspirin", 40, []),
        ("levofloxacin", 17, ["caution"]),
        ("diphenhydramine", 64.9, []),
        ("diphenhydramine", 65, ["beers"]),
        ("lisinopril", 3, []),
    ],
)
def test_an_age_speaks_against_a_drug(ingredient: str, years: float, levels: list[str]) -> None:
    assert [each.level for each in ages.concerns(ingredient, years=years)] == levels


def test_every_concern_is_about_one_side_of_an_age_and_says_why() -> None:
    for row in table("ages"):
        assert bool(row["below_years"]) != bool(row["from_years"])
        assert row["level"] in ages.LEVELS
        assert row["words"].endswith(".")
