"""The search: exact against looking at everybody, and blind to what cannot matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.search import Found

import random
from dataclasses import replace

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.routing.areas import NATIONAL, Point
from pharmonico.fulfillment.routing.gates import refusals
from pharmonico.fulfillment.routing.scoring import Need, Policy
from pharmonico.fulfillment.routing.search import search, weigh

from tests.builders import NOON
from tests.prescribing import COLUMBUS, PLAN, a_directory, a_pharmacy

POLICY = Policy()
NEED = Need(home=Point(*COLUMBUS), state="OH", at=NOON, plan=PLAN)


def found(need: Need, *pharmacies: Pharmacy) -> Found:
    return search(need, directory=a_directory(*pharmacies), policy=POLICY)


def ids(result: Found) -> list[str]:
    return [candidate.pharmacy_id for candidate in result.ranked()]


def reasons(need: Need, pharmacy: Pharmacy) -> tuple[str, ...]:
    return found(need, pharmacy).refused()[0].reasons


@pytest.mark.parametrize(
    ("changes", "asked", "reason"),
    [
        ({"licensed_states": {"KY"}}, {}, "license.state"),
        ({"networks": {"other": "preferred"}}, {}, "network.out_of_plan"),
        ({}, {"plan": PLAN.model_copy(update={"lock_in": {"ph_x"}})}, "plan.lock_in"),
        ({}, {"specialty": "oncology"}, "specialty.not_carried"),
        ({}, {"cold_chain": True}, "cold_chain.not_able"),
        ({"controlled": False}, {"controlled": True}, "controlled.not_registered"),
        ({"load": 100}, {}, "capacity.full"),
        ({"is_open": False}, {}, "pharmacy.closed"),
    ],
)
def test_a_pharmacy_behind_a_gate_is_excluded_with_its_reason(
    changes: dict[str, Any], asked: dict[str, Any], reason: str
) -> None:
    need = replace(NEED, **asked)
    assert reasons(need, a_pharmacy(**changes)) == (reason,)
    assert ids(found(need, a_pharmacy(**changes))) == []


def test_a_pharmacy_behind_several_gates_has_all_the_reasons() -> None:
    shut = a_pharmacy(is_open=False, licensed_states={"KY"})
    assert reasons(NEED, shut) == ("license.state", "pharmacy.closed")


def test_an_unknown_plan_closes_no_network_gate() -> None:
    assert ids(found(replace(NEED, plan=None), a_pharmacy(networks={}))) == ["ph_0000001"]


def test_a_controlled_substance_stays_with_the_pharmacy_it_was_addressed_to() -> None:
    need = replace(NEED, controlled=True, addressed_to="ph_0000002")
    assert ids(found(need, a_pharmacy(1), a_pharmacy(2, load=99))) == ["ph_0000002"]


def test_equal_points_are_ordered_by_ncpdp_id() -> None:
    assert ids(found(NEED, a_pharmacy(3), a_pharmacy(1), a_pharmacy(2))) == [
        "ph_0000001",
        "ph_0000002",
        "ph_0000003",
    ]


def test_out_of_the_radius_only_those_who_ship_everywhere_are_ranked() -> None:
    far = {"lat": 44.9, "lon": -93.2}
    shipper = a_pharmacy(2, **far, ships_nationally=True)
    assert ids(found(NEED, a_pharmacy(1, **far), shipper)) == ["ph_0000002"]


def test_who_ships_everywhere_and_lives_next_door_is_ranked_once() -> None:
    assert ids(found(NEED, a_pharmacy(1, ships_nationally=True))) == ["ph_0000001"]


def crowd(seed: int, count: int) -> list[Pharmacy]:
    """Pharmacies strewn over Ohio and around it, some of them behind a gate."""
    dice = random.Random(seed)
    return [
        a_pharmacy(
            number,
            lat=dice.uniform(37, 43),
            lon=dice.uniform(-87, -79),
            load=dice.randrange(120),
            on_time_rate=dice.random(),
            networks={"medicare": dice.choice(["preferred", "standard"])},
            ships_nationally=dice.random() < 0.01,
            licensed_states={"OH"} if dice.random() < 0.8 else {"KY"},
        )
        for number in range(count)
    ]


def by_hand(pharmacies: list[Pharmacy], need: Need) -> list[str]:
    """The same ranking by looking at everybody."""
    fit = [
        (-weighed.score, pharmacy.ncpdp_id, pharmacy.pharmacy_id)
        for pharmacy in pharmacies
        if not refusals(pharmacy, need)
        and (weighed := weigh(pharmacy, need, POLICY))
        and (weighed.miles <= POLICY.radius_miles or pharmacy.ships_nationally)
    ]
    return [pharmacy_id for _, _, pharmacy_id in sorted(fit)[: POLICY.candidates_max]]


@pytest.mark.parametrize("count", [0, 5, 60, 600, 3000])
def test_the_search_finds_exactly_what_looking_at_everybody_finds(count: int) -> None:
    pharmacies = crowd(count, count)
    assert ids(found(NEED, *pharmacies)) == by_hand(pharmacies, NEED)


def test_where_pharmacies_are_many_only_the_cells_nearby_are_read() -> None:
    directory = MemoryDirectory(pharmacies=crowd(7, 3000))
    search(NEED, directory=directory, policy=POLICY)
    occupied = len(directory.occupied_areas())
    assert len(directory.areas_read) < occupied / 3


def test_an_empty_country_costs_no_reads() -> None:
    directory = MemoryDirectory()
    search(NEED, directory=directory, policy=POLICY)
    assert directory.areas_read == []


def test_the_national_cell_is_read_first() -> None:
    directory = MemoryDirectory(pharmacies=[a_pharmacy(1), a_pharmacy(2, ships_nationally=True)])
    search(NEED, directory=directory, policy=POLICY)
    assert directory.areas_read[0] == NATIONAL
