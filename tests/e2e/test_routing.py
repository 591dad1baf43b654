"""Why this ranking, why not another pharmacy, and what a choice against it costs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.directory import pharmacy_item
from pharmonico.adapters.dynamodb.rosters import DynamoRosters
from pharmonico.fulfillment.routing.areas import Point
from pharmonico.kit.clock import SystemClock

from local.seed.crowd import crowd
from local.seed.directory import CROWD
from local.seed.pharmacies import ADDRESSED, pharmacies
from tests.cloud.door import problem
from tests.cloud.messages import a_new_rx
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.directory import Pharmacy

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

STATE = "awaiting_pharmacy_selection"
WORDS = {"override_reason": "continuity", "override_note": "Has filled for her for ten years."}
SAMPLE_ID = f"ph_{ADDRESSED['ncpdp_id']}"


@cache
def seeded() -> tuple[Pharmacy, ...]:
    return (*pharmacies(), *crowd(CROWD))


def a_pharmacy_that(fits: Callable[[Pharmacy], bool]) -> Pharmacy:
    return next(each for each in seeded() if fits(each))


def routing(rx: Prescription, asked: str = "", role: str = "ops") -> dict[str, Any]:
    query = {"pharmacy": asked} if asked else {}
    answer = rx.world.door.get(f"{rx.path}/routing", role, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def codes(reasons: list[dict[str, str]]) -> list[str]:
    assert all(each["words"].endswith(".") for each in reasons)
    return [each["code"] for each in reasons]


def is_plain(pharmacy: Pharmacy) -> bool:
    """Nothing stands against it in Ohio but that it is not among the best."""
    today = SystemClock().now().date()
    return (
        pharmacy.licences.get("OH", today) > today
        and pharmacy.accepting
        and pharmacy.is_open
        and not pharmacy.closures
        and "medicare-prime" in pharmacy.networks
    )


def unranked(rx: Prescription) -> Pharmacy:
    ranked = {each["pharmacy_id"] for each in routing(rx)["candidates"]}
    return a_pharmacy_that(lambda each: is_plain(each) and each.pharmacy_id not in ranked)


def choose(rx: Prescription, pharmacy: str, role: str = "ops", **words: str) -> Any:
    body = {"pharmacy_id": pharmacy, **words}
    return rx.world.door.act(f"{rx.path}/pharmacy", body, tag=rx.tag, role=role)


@pytest.fixture(scope="module")
def looked_at(shared_world: World) -> Prescription:
    """One that is only looked at, by all tests of this file; the first of them retires it."""
    return shared_world.a_prescription(at=STATE).waits_for("selection")


def test_a_ranking_is_explained_to_the_last_point(world: World, looked_at: Prescription) -> None:
    shown = routing(looked_at)
    assert shown["policy_version"] == "2026-11"
    assert sum(shown["weights"].values()) == pytest.approx(1)
    assert [each["rank"] for each in shown["candidates"]] == list(range(1, 11))
    scores = [each["score"] for each in shown["candidates"]]
    assert scores == sorted(scores, reverse=True)
    for each in shown["candidates"]:
        assert sum(part["points"] for part in each["parts"].values()) == pytest.approx(
            each["score"], abs=1e-3
        )
    assert looked_at.history.count("routing_read") == 0  # `_read` entries are left out there
    acts = world.ops.read(f"{looked_at.path}/timeline")["entries"]
    assert "routing_read" in [entry["act"]["action"] for entry in acts]


def test_why_not_is_answered_for_any_pharmacy_of_the_country(looked_at: Prescription) -> None:
    far = a_pharmacy_that(lambda each: "OH" not in each.licences)
    for asked in (far.pharmacy_id, far.ncpdp_id):
        answer = routing(looked_at, asked)["asked"]
        assert answer["pharmacy_id"] == far.pharmacy_id
        assert "license.state" in codes(answer["reasons"])
        assert (answer["rank"], answer["opened_by"]) == (None, "nobody")
    good_enough = routing(looked_at, unranked(looked_at).pharmacy_id)["asked"]
    assert (codes(good_enough["reasons"]), good_enough["opened_by"]) == ([], "reason")
    best = routing(looked_at)["candidates"][0]
    assert routing(looked_at, best["pharmacy_id"])["asked"]["opened_by"] == "nobody_needed"


def test_those_nearby_who_are_refused_are_listed_with_their_reasons(
    looked_at: Prescription,
) -> None:
    excluded = routing(looked_at)["excluded"]
    assert excluded
    for each in excluded[:5]:
        asked = routing(looked_at, each["pharmacy_id"])["asked"]
        assert codes(asked["reasons"]) == codes(each["reasons"])


def test_staff_may_read_it_and_providers_may_not(world: World, looked_at: Prescription) -> None:
    path = f"{looked_at.path}/routing"
    for role in ("ops", "pharmacist", "pharmacy_manager", "auditor"):
        assert world.door.get(path, role).status_code == 200
    assert problem(world.door.get(path, "provider")) == (403, "access.denied")
    assert problem(world.door.get(path, ""))[0] == 401
    for role in ("auditor", "pharmacy_manager"):
        assert problem(choose(looked_at, SAMPLE_ID, role)) == (403, "access.denied")


def test_who_is_not_there_is_not_found(world: World, looked_at: Prescription) -> None:
    unknown = world.door.get(f"{looked_at.path}/routing", params={"pharmacy": "ph_0000000"})
    assert problem(unknown) == (404, "pharmacy.not_found")
    early = world.a_prescription(at="validated")
    assert problem(world.door.get(f"{early.path}/routing")) == (404, "routing.not_found")


def test_an_override_is_kept_with_its_reason_and_audited_without_its_words(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    chosen = unranked(rx).pharmacy_id
    assert problem(choose(rx, chosen)) == (422, "override.incomplete")
    wordless = choose(rx, chosen, override_reason="continuity", override_note="  ")
    assert [each["code"] for each in wordless.json()["errors"]] == ["override.note"]
    assert choose(rx, chosen, **WORDS).status_code == 202
    rx.reaches("awaiting_payment").tells_once("pharmacy_selected", "pharmacy_overridden")
    shown = routing(rx)
    (override,) = shown["overrides"]
    assert (shown["selected"], override["pharmacy_id"]) == (chosen, chosen)
    assert (override["reason"], override["role"]) == ("continuity", "ops")
    assert override["note"] == WORDS["override_note"]
    acts = [entry["act"] for entry in world.ops.read(f"{rx.path}/timeline")["entries"]]
    told = next(act for act in acts if act["action"] == "pharmacy_overridden")
    assert (told["detail"]["reason"], told["actor"]["role"]) == ("continuity", "ops")
    assert WORDS["override_note"] not in str(acts)


def test_no_override_opens_what_is_law(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    far = a_pharmacy_that(lambda each: "OH" not in each.licences)
    assert problem(choose(rx, far.pharmacy_id, **WORDS)) == (409, "override.unlawful")
    assert rx.status == STATE


def test_a_controlled_substance_leaves_its_pharmacy_by_a_pharmacists_hand_alone(
    world: World,
) -> None:
    rx = world.a_prescription(at=STATE, message=a_new_rx("newrx_controlled_civ"))
    shown = routing(rx)
    assert [each["pharmacy_id"] for each in shown["candidates"]] == [SAMPLE_ID]
    other = a_pharmacy_that(
        lambda each: (
            is_plain(each) and "CIV" in each.dea_schedules and each.pharmacy_id != SAMPLE_ID
        )
    )
    answer = routing(rx, other.pharmacy_id)["asked"]
    assert codes(answer["reasons"]) == ["controlled.addressed_elsewhere"]
    assert answer["opened_by"] == "pharmacist"
    by_ops = choose(rx, other.pharmacy_id, **WORDS)
    assert problem(by_ops) == (403, "override.needs_pharmacist")
    assert choose(rx, other.pharmacy_id, "pharmacist", **WORDS).status_code == 202
    assert rx.stored["pharmacy_id"] == other.pharmacy_id


def test_a_place_is_taken_by_choosing_and_freed_by_cancelling(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    best = routing(rx)["candidates"][0]["pharmacy_id"]
    before = routing(rx, best)["asked"]["load"]
    assert choose(rx, best).status_code == 202
    assert routing(rx, best)["asked"]["load"] == before + 1
    rx.ops_do("cancel")
    until(lambda: routing(rx, best)["asked"]["load"] == before, f"{best} to have its place back")


def test_a_pharmacy_whose_day_is_full_cannot_be_chosen(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    pharmacy = a_pharmacy_that(
        lambda each: each.pharmacy_id == routing(rx)["candidates"][-1]["pharmacy_id"]
    )
    fill_up(world, pharmacy)
    answer = routing(rx, pharmacy.pharmacy_id)["asked"]
    assert (codes(answer["reasons"]), answer["opened_by"]) == (["capacity.full"], "nobody")
    assert problem(choose(rx, pharmacy.pharmacy_id)) == (409, "pharmacy.full")
    assert problem(choose(rx, pharmacy.pharmacy_id, **WORDS)) == (409, "pharmacy.full")
    assert rx.status == STATE
    fill_up(world, pharmacy, places=0)


def fill_up(world: World, pharmacy: Pharmacy, places: int | None = None) -> None:
    """As if that many had been selected today."""
    day = pharmacy.hours.local(SystemClock().now()).date().isoformat()
    taken = pharmacy.capacity if places is None else places
    world.backstage.dynamodb.put_item(
        TableName=world.cloud.outputs["OrdersTable"],
        Item={
            "pk": {"S": f"load#{pharmacy.pharmacy_id}"},
            "sk": {"S": day},
            "n": {"N": str(taken)},
        },
    )


def test_a_pharmacys_change_reaches_the_rosters_by_the_directorys_stream(world: World) -> None:
    """The function behind it rewrites the pages; routing finds them within a minute."""
    dynamodb, table = world.backstage.dynamodb, world.cloud.outputs["DirectoryTable"]
    pharmacy = seeded()[1]

    def accepting() -> bool:
        roster = DynamoRosters(dynamodb, table, clock=SystemClock()).roster("OH")
        everybody = roster.nearest(Point(pharmacy.lat, pharmacy.lon))
        return next(e for e in everybody if e.pharmacy_id == pharmacy.pharmacy_id).accepting

    assert accepting()
    paused = pharmacy.model_copy(update={"accepting": False})
    for entry in (paused, pharmacy):
        dynamodb.put_item(TableName=table, Item=pharmacy_item(entry))
        until(lambda entry=entry: accepting() is entry.accepting, "the roster to follow")
