"""The desk of ops on a running cloud: found by words, held and let go, redriven together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cloud.door import PRESCRIPTIONS, problem
from tests.cloud.finding import found
from tests.cloud.messages import a_member
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

FAILURES, BULK = "/api/v1/failures", "/api/v1/bulk"


def failed_ids(world: World, **query: str) -> set[str]:
    page = world.ops.read(f"{FAILURES}/prescriptions", limit="100", **query)
    return {item["prescription_id"] for item in page["items"]}


def count(world: World, tab: str) -> int:
    tabs = world.ops.read("/api/v1/counts")["tabs"]
    return next(int(each["count"]) for each in tabs if each["tab"] == tab)


def bulk(world: World, act: str, **wanted: Any) -> dict[str, Any]:
    return world.ops.act(BULK, {"act": act, "reason": "as agreed", **wanted})


def test_a_prescription_is_found_by_who_it_is_for_and_what_it_became(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    mark = rx.message.mark
    for text in (mark, f"jord {mark[:5].lower()}", f"{mark} 1979-05-17", f"5/17/1979, {mark}"):
        assert [row["id"] for row in found(world, text)] == [rx.id], text
    assert world.ops.read(PRESCRIPTIONS, q=f"{mark} 1979-05-18")["items"] == []
    rx.enroll()
    member = rx.papers["enrollment"][0]["insurance"]["member_id"]
    assert [row["id"] for row in found(world, f"{mark} {member}")] == [rx.id]


def test_a_held_prescription_stops_at_the_next_stage_and_goes_on_when_let_go(
    world: World,
) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member())
    rx.ops_do("hold", {"reason": "recall", "note": "A lot is being recalled."})
    rx.select().tells("pharmacy_selected")
    until(lambda: not world.backstage.running(rx.id), "its execution to end")
    assert (rx.status, rx.shown["hold"]["reason"], rx.exchanged) == (
        "pharmacy_selected",
        "recall",
        [],
    )
    held = world.ops.read(PRESCRIPTIONS, on_hold="true", limit="100")["items"]
    assert rx.id in {row["id"] for row in held}
    rx.ops_do("hold/release", {"note": "Another lot."})
    rx.reaches("awaiting_payment").waits_for("payment")
    assert rx.shown["hold"] is None
    assert [note["about"] for note in rx.papers["note"]] == ["hold", "let_go"]


def test_failures_are_redriven_together_and_leave_the_list(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member())
    with world.partners.failing("payer"):
        rx.select().reaches("failed")
    until(lambda: rx.id in failed_ids(world, step="Adjudicate"), "the failure to be listed")
    groups = world.ops.read(FAILURES)["groups"]
    assert any(each["step"] == "Adjudicate" and each["words"] for each in groups)
    assert count(world, "failures") >= 1
    told = bulk(world, "redrive", prescriptions=[rx.id])
    assert (told["done"], rx.status) == (1, "failed")
    done = bulk(world, "redrive", prescriptions=[rx.id], dry_run=False)
    assert [item["outcome"] for item in done["items"]] == ["done"]
    rx.reaches("awaiting_payment")
    assert rx.id not in failed_ids(world)
    again = bulk(world, "redrive", prescriptions=[rx.id], dry_run=False)
    assert [item["code"] for item in again["items"]] == ["failure.none"]
    assert rx.exchanged == [("B1", "P")]


def test_a_view_is_shared_by_its_link_and_an_unchanged_list_is_not_sent_again(
    world: World,
) -> None:
    view = {"name": "Late", "tab": "enrollment", "shared": True, "filters": {"sort": "oldest"}}
    made = world.ops.act("/api/v1/views", view)
    path = f"/api/v1/views/{made['view_id']}"
    assert world.door.get(path, "pharmacist").json()["name"] == "Late"
    foreign = world.door.ask("DELETE", path, role="pharmacist", headers={"If-Match": '"v1"'})
    assert problem(foreign) == (403, "view.not_yours")
    seen = world.door.get(PRESCRIPTIONS, params={"status": "returned"}).headers["etag"]
    again = world.door.get(
        PRESCRIPTIONS, params={"status": "returned"}, headers={"If-None-Match": seen}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert world.door.ask("DELETE", path, role="ops", headers={"If-Match": '"v1"'}).is_success


def test_health_tells_who_did_not_answer_and_what_waits_where(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member())

    def payer() -> dict[str, Any]:
        partners = world.ops.read("/api/v1/system/partners")["partners"]
        return next(dict(each) for each in partners if each["partner"] == "payer")

    with world.partners.failing("payer"):
        rx.select().reaches("failed")
        silent = payer()
    assert silent["failures"] > 0
    assert silent["last_failure_code"] == "payer.no_answer"
    queues = {each["name"]: each for each in world.ops.read("/api/v1/system/queues")["queues"]}
    assert queues["notification"]["waiting"] >= 0
    assert queues["reconcile"]["waiting"] is None
