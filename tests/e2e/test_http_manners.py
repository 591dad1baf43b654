"""The API's conventions, as any client meets them: problems, tags, keys, methods."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.cloud.door import INTAKE, PRESCRIPTIONS, SCRIPT, problem

if TYPE_CHECKING:
    from tests.cloud.world import World

UNKNOWN = f"{PRESCRIPTIONS}/rx_{'0' * 26}"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", PRESCRIPTIONS, "GET"),
        ("PUT", UNKNOWN, "GET"),
        ("GET", f"{UNKNOWN}/cancel", "POST"),
        ("GET", INTAKE, "POST"),
        ("PUT", SCRIPT, "POST"),
        ("GET", "/api/enrollment/start", "POST"),
        ("GET", "/api/v1/portal/open", "POST"),
        ("POST", "/api/v1/portal/enrollment/insurance", "PUT"),
        ("GET", "/api/payments/create-link", "POST"),
        ("GET", "/webhook/stripe", "POST"),
        ("GET", "/webhook/shippo", "POST"),
        ("POST", "/health", "GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(
    world: World, method: str, path: str, allowed: str
) -> None:
    answer = world.door.ask(method, path, role="ops")
    assert problem(answer) == (405, "request.method_not_allowed")
    assert answer.headers["allow"].split(", ")[0] == allowed


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/prescriptions/a/b/c", "/api/", "/webhook/paypal"]
)
def test_an_unknown_path_is_a_404_problem(world: World, path: str) -> None:
    assert problem(world.door.get(path))[0] == 404


@pytest.mark.parametrize("path", [UNKNOWN, f"{PRESCRIPTIONS}/whatever", f"{UNKNOWN}/timeline"])
def test_an_unknown_prescription_is_a_404_problem(world: World, path: str) -> None:
    assert problem(world.door.get(path)) == (404, "order.not_found")


def test_a_problem_names_its_page_and_its_request(world: World) -> None:
    mine, watched = f"e2e-{uuid.uuid4().hex}", world.watch.refusals
    answer = world.door.get(UNKNOWN, headers={"X-Correlation-Id": mine})
    assert world.watch.refusals == watched + 1
    assert answer.headers["x-correlation-id"] == mine
    assert answer.json()["instance"].endswith(mine)
    page = world.door.http.get(answer.json()["type"], headers={"Accept": "text/html"})
    assert (page.status_code, "order.not_found" in page.text) == (200, True)


def test_every_answer_says_that_it_must_not_be_kept(world: World) -> None:
    for path in (PRESCRIPTIONS, UNKNOWN, "/health"):
        answer = world.door.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_command_takes_json_alone(world: World) -> None:
    headers = {"Content-Type": "text/plain", "Idempotency-Key": "k1"}
    answer = world.door.ask(
        "POST", "/api/enrollment/start", role="ops", headers=headers, content=b"{}"
    )
    assert problem(answer)[0] == 415


def test_fields_are_refused_by_pointer_and_never_by_value(world: World) -> None:
    answer = world.door.act("/api/enrollment/start", {"prescription_id": "Jordan Doe"})
    assert problem(answer) == (422, "request.invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/prescription_id"]


def test_an_etag_spares_the_second_reading(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").waits_for("enrollment")
    first = world.door.get(rx.path)
    again = world.door.get(rx.path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    rx.ops_do("cancel")
    later = world.door.get(rx.path, headers={"If-None-Match": first.headers["etag"]})
    assert (later.status_code, later.json()["status"]) == (200, "cancelled")


def test_a_change_names_what_it_is_based_on(world: World) -> None:
    rx = world.a_prescription(at="validated")
    cancel, tag = f"{rx.path}/cancel", rx.tag
    assert problem(world.door.act(cancel)) == (428, "request.precondition_required")
    assert problem(world.door.act(cancel, tag='"v0"')) == (412, "request.precondition_failed")
    assert problem(world.door.act(cancel, tag="garbage"))[0] == 412
    assert rx.status == "validated"
    rx.invite()
    assert problem(world.door.act(cancel, tag=tag)) == (412, "request.precondition_failed")
    assert rx.status == "awaiting_enrollment"


def test_a_command_without_a_key_is_refused(world: World) -> None:
    rx = world.a_prescription(at="validated")
    for headers in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "k" * 200}):
        answer = world.door.ask(
            "POST",
            f"{rx.path}/cancel",
            role="ops",
            headers={**headers, "If-Match": rx.tag},
            json={},
        )
        assert problem(answer) == (400, "idempotency.key_missing")
    assert rx.status == "validated"


def test_the_same_key_is_done_once_and_answered_twice(world: World) -> None:
    rx, key = world.a_prescription(at="validated"), uuid.uuid4().hex
    start = {"prescription_id": rx.id}
    first = world.door.act("/api/enrollment/start", start, key=key)
    again = world.door.act("/api/enrollment/start", start, key=key)
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    rx.mailed_link()
    rx.tells("enrollment_started")
    assert rx.papers["enrollment"][0]["links_sent"] == 1


def test_the_same_key_for_something_else_is_refused(world: World) -> None:
    rx, other, key = world.a_prescription(), world.a_prescription(), uuid.uuid4().hex
    assert world.door.act(f"{rx.path}/cancel", tag=rx.tag, key=key).status_code == 202
    for path, body in ((f"{other.path}/cancel", {}), (f"{rx.path}/cancel", {"reason": "other"})):
        answer = world.door.act(path, body, tag=other.tag, key=key)
        assert problem(answer) == (422, "idempotency.key_reused")
    assert other.status == "validated"


def test_the_same_key_many_times_at_once_is_done_once(world: World) -> None:
    rx, key = world.a_prescription(at="validated"), uuid.uuid4().hex
    world.door.get(rx.path)

    def start(_: int) -> int:
        answer = world.door.act("/api/enrollment/start", {"prescription_id": rx.id}, key=key)
        return answer.status_code

    with ThreadPoolExecutor(3) as pool:
        statuses = set(pool.map(start, range(3)))
    assert 202 in statuses
    assert statuses <= {202, 409}
    rx.mailed_link()
    assert rx.papers["enrollment"][0]["links_sent"] == 1


def test_the_system_tells_how_it_is(world: World) -> None:
    health = world.door.ask("GET", "/health")
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    metrics = world.door.ask("GET", "/metrics")
    assert 'pharmonico_prescriptions{status="awaiting_payment"}' in metrics.text
    document = world.door.ask("GET", "/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {INTAKE, SCRIPT, PRESCRIPTIONS} <= document["paths"].keys()
    assert "quickstart" in world.door.ask("GET", "/docs").text.lower()
