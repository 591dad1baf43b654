"""Points: between 0 and 100, by the documented formula; distances and their bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.fulfillment.directory import Hours
from pharmonico.fulfillment.routing.areas import (
    Box,
    Point,
    area_of,
    miles_apart,
    miles_at_least,
    miles_between,
    vector_of,
)
from pharmonico.fulfillment.routing.scoring import (
    DEFAULT_WEIGHTS,
    Policy,
    is_prompt,
    parts,
    points,
    read_policy,
)
from pharmonico.fulfillment.routing.search import weigh
from pharmonico.fulfillment.routing.zips import locate
from pydantic import ValidationError

from tests.prescribing import COLUMBUS, HOURS, a_need, a_pharmacy

POLICY = Policy()
SHARES = st.floats(0, 1)
LATS, LONS = st.floats(-85, 85), st.floats(-180, 179.99)
POINTS = st.builds(Point, LATS, LONS)


@given(
    point=POINTS,
    capacity=st.integers(0, 500),
    load=st.integers(0, 900),
    on_time_rate=SHARES,
    tier=st.sampled_from([{}, {"medicare": "standard"}, {"medicare": "preferred"}]),
    fields=st.sets(st.sampled_from(["oncology", "hiv"])),
    asked=st.sampled_from([None, "oncology", "hiv"]),
)
def test_every_part_is_a_share_and_every_score_is_within_bounds(
    *, point: Point, load: int, tier: Any, fields: set[str], asked: str | None, **facts: Any
) -> None:
    pharmacy = a_pharmacy(lat=point.lat, lon=point.lon, networks=tier, specialties=fields, **facts)
    candidate = weigh(pharmacy, a_need(specialty=asked), POLICY, load=load)
    assert all(0 <= part <= 1 for part in candidate.parts.values())
    assert 0 <= candidate.score <= 100


@given(here=POINTS, corner=POINTS, other=POINTS, share=st.tuples(SHARES, SHARES))
def test_no_point_of_a_box_is_nearer_than_the_box(
    here: Point, corner: Point, other: Point, share: tuple[float, float]
) -> None:
    box = Box(
        min(corner.lat, other.lat),
        min(corner.lon, other.lon),
        max(corner.lat, other.lat),
        max(corner.lon, other.lon),
    )
    inside = Point(
        box.south + share[0] * (box.north - box.south), box.west + share[1] * (box.east - box.west)
    )
    assert miles_at_least(here, box) <= miles_between(here, inside) + 1e-6


@given(one=POINTS, other=POINTS)
def test_the_quick_distance_is_the_exact_one_to_within_an_inch(one: Point, other: Point) -> None:
    quick = miles_apart(vector_of(one), vector_of(other))
    exact = miles_between(one, other)
    near_antipodes = exact > 12_000  # where both formulas lose digits
    assert quick == pytest.approx(exact, abs=1 if near_antipodes else 1.6e-5)


def test_cells_share_the_beginning_of_their_number_with_the_larger_cell_around_them() -> None:
    columbus, dublin = area_of(Point(39.99, -83.00)), area_of(Point(40.10, -83.11))
    anchorage = area_of(Point(61.2, -149.9))
    assert columbus >> 18 == dublin >> 18 != anchorage >> 18
    assert area_of(Point(-90, -180)) == 0
    assert area_of(Point(90, 180)) == 2**32 - 1


def test_the_default_formula_is_the_documented_one() -> None:
    pharmacy = a_pharmacy(
        networks={"medicare": "standard"}, on_time_rate=0.9, specialties={"hiv"}, price_tier=1
    )
    each = parts(pharmacy, a_need(specialty="oncology"), load=25, miles=75, policy=POLICY)
    expected = 100 * (0.30 * 0.5 + 0.20 * 0.5 + 0.20 * 0.75 + 0.15 * 0.5 + 0.10 * 0.9 + 0.05 * 1)
    assert points(each, POLICY) == pytest.approx(expected)
    assert each["price"] == 1.0


def test_the_weights_add_up_to_one() -> None:
    assert sum(POLICY.weights.values()) == pytest.approx(1)


def test_a_deployment_may_weigh_the_price_under_a_version_of_its_own() -> None:
    weights = DEFAULT_WEIGHTS | {"distance": 0.1, "price": 0.2}
    text = Policy(version="thrifty-1", weights=weights).model_dump_json()
    assert read_policy(text).weights["price"] == 0.2
    assert read_policy("") == POLICY


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": DEFAULT_WEIGHTS | {"distance": 0.5}, "version": "x"},
        {"weights": DEFAULT_WEIGHTS | {"distance": 0.5, "specialty": 0.0}},
        {"weights": {"distance": 1.0}, "version": "x"},
        {"weights": DEFAULT_WEIGHTS | {"distance": -0.1, "price": 0.4}, "version": "x"},
        {"wieghts": {}},
    ],
)
def test_weights_that_make_no_sense_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Policy(**changes)


@pytest.mark.parametrize(
    ("moment", "prompt"),
    [
        ("2026-09-15T12:00", True),  # Tuesday, 8:00 with daylight saving
        ("2026-09-15T19:59", True),  # 15:59, before the cut-off
        ("2026-09-15T23:59", True),  # 19:59, open until 20:00
        ("2026-09-16T00:00", False),
        ("2026-09-16T05:00", True),  # 1:00, long before the cut-off
        ("2026-12-15T12:59", True),  # 7:59 in winter: shut, before the cut-off
        ("2026-09-19T18:00", True),  # Saturday, 14:00: shut since 13:00, before the cut-off
        ("2026-09-19T21:00", False),
        ("2026-09-20T16:00", False),  # Sunday
        ("2026-12-25T16:00", False),  # a holiday on a Friday
    ],
)
def test_open_now_or_early_enough_for_the_next_day(moment: str, prompt: bool) -> None:
    hours = HOURS.model_copy(update={"holidays": frozenset({date(2026, 12, 25)})})
    assert is_prompt(hours, datetime.fromisoformat(moment).replace(tzinfo=UTC)) is prompt


def test_a_zone_outside_the_country_is_refused() -> None:
    with pytest.raises(ValidationError, match="not a zone"):
        Hours(zone="Europe/Berlin", week=(None,) * 7, next_day_cutoff=0)


def test_controlled_substances_need_a_number() -> None:
    with pytest.raises(ValidationError, match="DEA number"):
        a_pharmacy(dea_number=None)


def test_a_zip_is_located_and_an_unknown_one_lies_in_the_middle_of_its_area() -> None:
    exact, middle = locate("43201-1234"), locate("43200")
    assert exact == Point(39.9952, -83.0047)
    assert middle is not None
    assert miles_between(Point(*COLUMBUS), middle) < 10


@pytest.mark.parametrize(
    "postal_code", ["00000", "4320", "ABCDE", "", "\uff14\uff13\uff12\uff10\uff11"]
)
def test_what_is_no_zip_lies_nowhere(postal_code: str) -> None:
    assert locate(postal_code) is None
