"""The search: its gates, its order, and how little it looks at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.loads import MemoryLoads
from pharmonico.fulfillment.directory import Closure
from pharmonico.fulfillment.routing.gates import REASONS
from pharmonico.fulfillment.routing.scoring import Policy
from pharmonico.fulfillment.routing.search import search

from local.seed.crowd import crowd
from tests.builders import NOON
from tests.prescribing import a_directory, a_need, a_pharmacy, licences
from tests.unit.routing.worlds import World

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.fulfillment.routing.search import Found

POLICY = Policy()
NEED = a_need()
TODAY = date(2026, 9, 15)


def found(need: Need, *pharmacies: Pharmacy, **busy: int) -> Found:
    directory, loads = a_directory(*pharmacies), MemoryLoads()
    for pharmacy_id, count in busy.items():
        loads.put(pharmacy_id, TODAY, count)
    return search(need, directory=directory, rosters=directory, loads=loads, policy=POLICY)


def ids(result: Found) -> list[str]:
    return [candidate.pharmacy_id for candidate in result.candidates]


def reasons(need: Need, pharmacy: Pharmacy, **busy: int) -> tuple[str, ...]:
    return found(need, pharmacy, **busy).excluded[0].reasons


@pytest.mark.parametrize(
    ("changes", "asked", "reason"),
    [
        ({"licences": licences("KY")}, {}, "license.state"),
        ({"licences": {"OH": TODAY - timedelta(days=1)}}, {}, "license.expired"),
        ({"networks": {"other": "preferred"}}, {}, "network.out_of_plan"),
        ({}, {"lock_in": {"ph_x"}}, "plan.lock_in"),
        ({}, {"specialty": "oncology"}, "specialty.not_carried"),
        ({}, {"limited": "000710155"}, "limited_distribution.not_carried"),
        ({}, {"cold_chain": True}, "cold_chain.not_able"),
        ({"dea_schedules": {"CIV"}}, {"schedule": "CII"}, "controlled.not_registered"),
        ({}, {"schedule": "CII", "addressed_to": "ph_x"}, "controlled.addressed_elsewhere"),
        ({"capacity": 0}, {}, "capacity.full"),
        ({"accepting": False}, {}, "pharmacy.not_accepting"),
        ({"is_open": False}, {}, "pharmacy.closed"),
        ({}, {"refused_by": {"ph_0000001"}}, "pharmacy.refused"),
        ({"closures": [Closure(first=TODAY, last=TODAY)]}, {}, "pharmacy.closed"),
    ],
)
def test_a_pharmacy_behind_a_gate_is_excluded_with_its_reason(
    changes: dict[str, Any], asked: dict[str, Any], reason: str
) -> None:
    need, pharmacy = a_need(**asked), a_pharmacy(**changes)
    assert reasons(need, pharmacy) == (reason,)
    assert ids(found(need, pharmacy)) == []
    assert REASONS[reason].endswith(".")


def test_a_licence_holds_to_its_last_day() -> None:
    assert ids(found(NEED, a_pharmacy(licences={"OH": TODAY}))) == ["ph_0000001"]


def test_a_day_begins_where_the_pharmacy_is() -> None:
    """At 2:00 UTC it is still yesterday in Ohio."""
    early = a_need(at=NOON.replace(hour=2))
    shut_yesterday = Closure(first=TODAY - timedelta(days=1), last=TODAY - timedelta(days=1))
    assert reasons(early, a_pharmacy(closures=[shut_yesterday])) == ("pharmacy.closed",)


def test_a_full_day_closes_a_pharmacy_and_a_busy_one_has_fewer_points() -> None:
    full = found(NEED, a_pharmacy(1), a_pharmacy(2), ph_0000001=100)
    assert (ids(full), full.excluded[0].reasons) == (["ph_0000002"], ("capacity.full",))
    busy = found(NEED, a_pharmacy(1), a_pharmacy(2), ph_0000001=50)
    assert ids(busy) == ["ph_0000002", "ph_0000001"]
    idle, half = busy.candidates
    assert (idle.parts["capacity"], half.parts["capacity"]) == (1.0, 0.5)
    assert idle.score - half.score == pytest.approx(10)


def test_a_pharmacy_behind_several_gates_has_all_the_reasons() -> None:
    shut = a_pharmacy(is_open=False, licences=licences("KY"))
    assert reasons(NEED, shut) == ("license.state", "pharmacy.closed")


def test_an_unknown_plan_closes_no_network_gate() -> None:
    assert ids(found(a_need(network=None), a_pharmacy(networks={}))) == ["ph_0000001"]


def test_a_controlled_substance_stays_with_the_pharmacy_it_was_addressed_to() -> None:
    need = a_need(schedule="CII", addressed_to="ph_0000002")
    result = found(need, a_pharmacy(1), a_pharmacy(2), ph_0000002=99)
    assert ids(result) == ["ph_0000002"]
    assert result.excluded[0].reasons == ("controlled.addressed_elsewhere",)


def test_an_addressed_pharmacy_that_may_not_is_told_why_wherever_it_lies() -> None:
    far = a_pharmacy(2, lat=61.2, lon=-149.9, licences=licences("AK"))
    result = found(a_need(schedule="CII", addressed_to="ph_0000002"), far)
    assert ids(result) == []
    assert result.excluded[0].reasons == ("license.state",)


def test_a_locked_in_patient_is_ranked_the_plans_pharmacies_wherever_they_are() -> None:
    far = a_pharmacy(2, lat=61.2, lon=-149.9)
    assert ids(found(a_need(lock_in={"ph_0000002"}), a_pharmacy(1), far)) == ["ph_0000002"]


def test_equal_points_are_ordered_by_ncpdp_id() -> None:
    assert ids(found(NEED, a_pharmacy(3), a_pharmacy(1), a_pharmacy(2))) == [
        "ph_0000001",
        "ph_0000002",
        "ph_0000003",
    ]


def test_a_better_pharmacy_beyond_the_radius_beats_a_poor_one_nearby() -> None:
    """Distance is worth 30 points; a mail-order pharmacy competes on the other 70."""
    poor = a_pharmacy(1, on_time_rate=0.0, networks={"medicare": "standard"})
    far = a_pharmacy(2, lat=61.2, lon=-149.9)
    assert ids(found(NEED, poor, far, ph_0000001=95)) == ["ph_0000002", "ph_0000001"]


def test_in_a_dense_country_few_are_looked_at_closely() -> None:
    pharmacies = list(crowd(3000, seed=3))
    world = World(pharmacies, dict.fromkeys((each.pharmacy_id for each in pharmacies), 0))
    need = a_need(state="NY", home=(40.75, -73.99), network="commercial-open")
    result, loads = world.find(need, POLICY)
    assert len(result.candidates) == POLICY.candidates_max
    assert loads.asked["trips"] == 1
    assert loads.asked["counters"] < 100


def test_an_empty_country_costs_no_reads() -> None:
    result, loads = World([], {}).find(NEED, POLICY)
    assert (result.candidates, result.excluded, dict(loads.asked)) == ((), (), {})
