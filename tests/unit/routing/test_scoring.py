"""Points: between 0 and 100, more for nearer, and never more than the bound that ends a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.fulfillment.directory import Hours
from pharmonico.fulfillment.routing.areas import Point, area_of, miles_at_least, miles_between
from pharmonico.fulfillment.routing.scoring import Need, Policy, is_prompt, parts, points
from pharmonico.fulfillment.routing.search import weigh
from pharmonico.fulfillment.routing.zips import locate

from tests.builders import NOON
from tests.prescribing import COLUMBUS, PLAN, a_pharmacy

POLICY = Policy()
NEED = Need(home=Point(*COLUMBUS), state="OH", at=NOON, plan=PLAN)
SHARES = st.floats(0, 1)
LATS, LONS = st.floats(-85, 85), st.floats(-180, 179.99)


@st.composite
def some_pharmacy(draw: st.DrawFn) -> Pharmacy:
    return a_pharmacy(
        lat=draw(LATS),
        lon=draw(LONS),
        capacity=draw(st.integers(0, 500)),
        load=draw(st.integers(0, 900)),
        on_time_rate=draw(SHARES),
        networks=draw(st.sampled_from([{}, {"medicare": "standard"}, {"medicare": "preferred"}])),
        specialties=draw(st.sets(st.sampled_from(["oncology", "hiv"]))),
    )


@given(some_pharmacy(), st.sampled_from([None, "oncology", "hiv"]))
def test_every_part_is_a_share_and_every_score_is_within_its_bound(
    pharmacy: Pharmacy, specialty: str | None
) -> None:
    need = Need(home=NEED.home, state="OH", at=NOON, plan=PLAN, specialty=specialty)
    candidate = weigh(pharmacy, need, POLICY)
    miles = miles_between(need.home, Point(pharmacy.lat, pharmacy.lon))
    assert all(0 <= part <= 1 for part in candidate.parts.values())
    assert 0 <= candidate.score <= POLICY.best_at(miles) <= 100


@given(LATS, LONS, LATS, LONS)
def test_no_point_of_a_cell_is_nearer_than_the_cell(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    here, there = Point(lat, lon), Point(other_lat, other_lon)
    assert miles_at_least(here, area_of(there)) <= miles_between(here, there) + 1e-6


@given(st.floats(0, 3000), st.floats(0, 3000))
def test_farther_away_never_promises_more(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert POLICY.best_at(near) >= POLICY.best_at(far)


def test_the_default_formula_is_the_documented_one() -> None:
    pharmacy = a_pharmacy(
        load=25, networks={"medicare": "standard"}, on_time_rate=0.9, specialties={"hiv"}
    )
    need = Need(home=NEED.home, state="OH", at=NOON, plan=PLAN, specialty="oncology")
    each = parts(pharmacy, need, miles=75, policy=POLICY)
    expected = 100 * (0.30 * 0.5 + 0.20 * 0.5 + 0.20 * 0.75 + 0.15 * 0.5 + 0.10 * 0.9 + 0.05 * 1)
    assert points(each, POLICY) == pytest.approx(expected)


def test_the_weights_add_up_to_one() -> None:
    assert sum(POLICY.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("hour_utc", "prompt"), [(13, True), (20, True), (22, True), (1, False), (6, True)]
)
def test_open_now_or_early_enough_for_the_next_day(hour_utc: int, prompt: bool) -> None:
    columbus = Hours(utc_offset_minutes=-300, opens=480, closes=1080, next_day_cutoff=960)
    assert is_prompt(columbus, datetime(2026, 9, 15, hour_utc, tzinfo=UTC)) is prompt


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
