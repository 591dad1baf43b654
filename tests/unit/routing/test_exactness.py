"""The search finds exactly what looking at everybody finds, in any country, for any need."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from pharmonico.fulfillment.routing.gates import REASONS, refusals
from pharmonico.fulfillment.routing.scoring import Policy

from tests.unit.routing import oracle
from tests.unit.routing.worlds import World, a_world, some_need, some_policy

if TYPE_CHECKING:
    from pharmonico.fulfillment.routing.need import Need

SIZES = st.sampled_from((0, 1, 9, 30, 120, 500))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), size=SIZES)
def test_the_ranking_is_the_oracles_to_the_last_place_and_point(seed: int, size: int) -> None:
    dice = Random(seed)
    world = a_world(dice, size)
    for _ in range(4):
        need, policy = some_need(dice, world), some_policy(dice)
        found, _ = world.find(need, policy)
        ranked = [(each.pharmacy_id, each.score) for each in found.candidates]
        assert ranked == oracle.ranking(world.pharmacies, need, world.loads, policy)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_pharmacy_is_refused_for_exactly_the_oracles_reasons(seed: int) -> None:
    dice = Random(seed)
    world = a_world(dice, 60)
    need = some_need(dice, world)
    for each in world.pharmacies:
        load = world.loads[each.pharmacy_id]
        reasons = refusals(each, need, load=load)
        assert set(reasons) == oracle.why_not(each, need, load)
        assert len(set(reasons)) == len(reasons)
        assert set(reasons) <= REASONS.keys()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), size=SIZES)
def test_those_around_the_patient_who_are_refused_are_kept_with_their_reasons(
    seed: int, size: int
) -> None:
    dice = Random(seed)
    world = a_world(dice, size)
    need = some_need(dice, world).model_copy(update={"lock_in": frozenset(), "schedule": None})
    found, _ = world.find(need, Policy())
    kept = {each.pharmacy_id: set(each.reasons) for each in found.excluded}
    for each in world.pharmacies:
        reasons = oracle.why_not(each, need, world.loads[each.pharmacy_id])
        if each.pharmacy_id in kept:
            assert kept[each.pharmacy_id] == reasons != set()
    near, inside = around(world, need)
    assert need.refused_by <= kept.keys() <= near | need.refused_by
    refused = {
        name for name in inside if oracle.why_not(world.known[name], need, world.loads[name])
    }
    assert refused <= kept.keys()


def around(world: World, need: Need) -> tuple[set[str], set[str]]:
    """The nearest on the state's roster, those as far as the last with and without."""
    miles = {
        each.pharmacy_id: oracle.miles(each, need)
        for each in world.pharmacies
        if need.state in each.licences or each.address.state == need.state
    }
    edge = sorted(miles.values())[: Policy().nearby][-1] if miles else 0.0
    near = {name for name, far in miles.items() if far <= edge + 1e-6}
    return near, {name for name, far in miles.items() if far < edge - 1e-6}
