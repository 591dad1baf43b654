"""The desk's API through its handler on the memory adapters: failures, counts, work on many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.fulfillment.desk.bulk import DONE_MAX
from pharmonico.fulfillment.desk.counting import STATUSES
from pharmonico.fulfillment.desk.failures import keep
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.fulfillment.desk.papers import Note
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.status import TERMINAL, Status
from pharmonico.lambdas.http.guard import Door

from functions.desk_api import bulk as bulk_door
from functions.desk_api import failures as failures_door
from functions.desk_api import rebuild as rebuild_door
from functions.desk_api.api import api
from functions.desk_api.handler import lambda_handler
from tests.builders import EXECUTION, a_clock, published, stored
from tests.gateway import Answer, send
from tests.prescribing import a_script
from tests.unit.desk.test_failures import a_broken
from tests.unit.ops_api.test_ops_api import KnownTokens

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "k" * 32
FAILURES = "/api/v1/failures"


class Office:
    """The handler with its stores."""

    def __init__(self) -> None:
        self.clock = a_clock()
        self.orders, self.trail = MemoryOrders(), MemoryAuditTrail()
        self.desk, self.tokens = MemoryDesk(), MemoryTokens(clock=self.clock)
        self.asked = 0

    def ask(self, method: str, path: str, who: str = "ops", **sent: Any) -> Answer:
        headers = {"Authorization": f"Bearer {who}", **sent.pop("headers", {})}
        return send(lambda_handler, method, path, headers=headers, **sent)

    def post(self, path: str, who: str = "ops", revision: int = 1, **body: Any) -> Answer:
        self.asked += 1
        guards = {"Idempotency-Key": f"key-{self.asked}", "If-Match": f'"v{revision}"'}
        return self.ask("POST", path, who, headers=guards, body=body)

    def bulk(self, act: str, who: str = "ops", **body: Any) -> Answer:
        return self.post("/api/v1/bulk", who, act=act, reason="as agreed", **body)

    def index(self) -> None:
        for order in self.orders.page(OrderQuery(limit=1_000)).items:
            index(order.id, orders=self.orders, postings=self.desk, key=KEY)
            keep(order.id, orders=self.orders, failures=self.desk)

    def acts(self, order_id: str) -> list[tuple[str, str]]:
        return [(entry.act.action, entry.act.outcome) for entry in self.trail.chain(order_id)]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office()
    named: dict[str, Callable[[], object]] = {
        "orders": lambda: office.orders,
        "audit_trail": lambda: office.trail,
        "desk": lambda: office.desk,
        "tokens": lambda: office.tokens,
    }
    for name, port in named.items():
        monkeypatch.setattr(aws, name, port)
    monkeypatch.setattr(aws, "CLOCK", office.clock)
    monkeypatch.setattr(api, "_tokens", lambda: office.tokens)
    monkeypatch.setattr(api, "_door", Door(verifier=KnownTokens))
    for door in (bulk_door, failures_door, rebuild_door):
        monkeypatch.setattr(door, "secrets", lambda: type("S", (), {"signing_key": KEY}))
    return office


def rx(number: int) -> str:
    return f"rx_{number:026}"


def test_failures_are_shown_in_groups_and_one_by_one(office: Office) -> None:
    for number in range(3):
        a_broken(office.orders, rx(number))
    a_broken(office.orders, rx(7), "Ship")
    office.index()
    groups = office.ask("GET", FAILURES).json["groups"]
    assert [(each["step"], each["code"], each["count"]) for each in groups] == [
        ("Adjudicate", "payer.silent", 3),
        ("Ship", "payer.silent", 1),
    ]
    listing, seen, cursor = f"{FAILURES}/prescriptions", [], None
    while True:
        query = {"step": "Adjudicate", "limit": "2", **({"cursor": cursor} if cursor else {})}
        page = office.ask("GET", listing, query=query).json
        seen += [item["prescription_id"] for item in page["items"]]
        if not (cursor := page.get("next_cursor")):
            break
    assert seen == [rx(0), rx(1), rx(2)]
    assert office.ask("GET", listing, query={"code": "none"}).json["items"] == []


def test_polling_unchanged_failures_and_counts_costs_no_body(office: Office) -> None:
    a_broken(office.orders, rx(1))
    office.index()
    for path in (FAILURES, "/api/v1/counts", "/api/v1/views"):
        seen = office.ask("GET", path).headers["etag"]
        assert office.ask("GET", path, headers={"If-None-Match": seen}).status == 304


def test_a_failure_is_settled_with_a_note_by_ops_alone(office: Office) -> None:
    order = a_broken(office.orders, rx(1))
    office.index()
    path = f"{FAILURES}/{order.id}/resolve"
    refused = office.post(path, "pharmacist", revision=order.revision, note="settled")
    assert refused.status == 403
    done = office.post(path, revision=order.revision, note="settled by phone")
    assert (done.status, done.json["status"]) == (200, "failed")
    assert office.ask("GET", FAILURES).json == {"groups": [], "more": False}
    again = office.post(path, revision=order.revision + 1, note="settled by phone")
    assert (again.status, again.json["code"]) == (409, "failure.none")
    assert office.acts(order.id) == [("resolve", "ok"), ("resolve", "failure.none")]


def test_the_figures_are_those_of_the_tabs_and_kept_for_seconds(office: Office) -> None:
    stored(office.orders, id=rx(1), status=Status.CLAIM_REJECTED)
    stored(office.orders, id=rx(2), status=Status.PHARMACY_SELECTED)
    a_broken(office.orders, rx(3))
    office.index()
    counts = {each["tab"]: each for each in office.ask("GET", "/api/v1/counts").json["tabs"]}
    assert (counts["adjudication"]["count"], counts["failures"]["count"]) == (2, 1)
    assert counts["intake"]["count"] == 0
    stored(office.orders, id=rx(4))
    assert tab(office, "intake") == 0
    office.clock.advance(timedelta(seconds=11))
    assert tab(office, "intake") == 1


def tab(office: Office, name: str) -> int:
    tabs = office.ask("GET", "/api/v1/counts").json["tabs"]
    return next(int(each["count"]) for each in tabs if each["tab"] == name)


def test_every_open_status_is_counted_under_one_tab() -> None:
    counted = [status for statuses in STATUSES.values() for status in statuses]
    assert len(counted) == len(set(counted))
    assert set(Status) - set(counted) == TERMINAL | {Status.FAILED}


def test_a_dry_run_tells_what_would_come_of_each_and_does_nothing(office: Office) -> None:
    a_broken(office.orders, rx(1))
    stored(office.orders, id=rx(2))
    told = office.bulk("redrive", prescriptions=[rx(1), rx(2), rx(9)]).json
    assert (told["matched"], told["done"], told["refused"], told["left"]) == (2, 1, 1, 0)
    outcomes = {item["prescription_id"]: item["outcome"] for item in told["items"]}
    assert outcomes == {rx(1): "would_do", rx(2): "refused"}
    assert office.orders.get(rx(1)).status is Status.FAILED
    assert office.acts(rx(1)) == []


def test_failures_are_redriven_by_their_group_each_once(office: Office) -> None:
    for number in range(3):
        a_broken(office.orders, rx(number))
    a_broken(office.orders, rx(7), "Ship")
    office.index()
    wanted = {"failures": {"step": "Adjudicate", "code": "payer.silent"}, "dry_run": False}
    done = office.bulk("redrive", **wanted).json
    assert (done["matched"], done["done"], done["refused"]) == (3, 3, 0)
    assert office.bulk("redrive", **wanted).json["matched"] == 0
    assert published(office.orders).count("prescription_resumed") == 3
    assert office.orders.get(rx(7)).status is Status.FAILED
    assert office.acts(rx(1)) == [("redrive", "ok")]
    (note,) = office.orders.documents(rx(1), Note)
    assert (note.text, note.about) == ("as agreed", "redrive")


def test_the_same_key_acts_once_and_answers_the_same(office: Office) -> None:
    a_broken(office.orders, rx(1))
    headers = {"Idempotency-Key": "one"}
    body = {
        "act": "redrive",
        "reason": "as agreed",
        "dry_run": False,
        "prescriptions": [rx(1)],
    }
    first, second = (
        office.ask("POST", "/api/v1/bulk", headers=headers, body=body) for _ in range(2)
    )
    assert first.json == second.json
    assert first.json["done"] == 1
    assert published(office.orders).count("prescription_resumed") == 1


def test_what_does_not_fit_one_call_is_left_for_the_next(office: Office) -> None:
    for number in range(DONE_MAX + 20):
        stored(office.orders, id=rx(number), status=Status.ENROLLMENT_EXPIRED)
    wanted = {"filters": {"status": ["enrollment_expired"]}, "dry_run": False}
    first = office.bulk("release", **wanted).json
    second = office.bulk("release", **wanted).json
    assert (first["matched"], first["done"], first["left"]) == (120, DONE_MAX, 20)
    assert (second["matched"], second["done"], second["left"]) == (20, 20, 0)


def test_one_assigns_all_that_a_search_finds_and_only_those(office: Office) -> None:
    for number in range(3):
        stored(office.orders, id=rx(number), status=Status.PAID if number else Status.RECEIVED)
    office.index()
    wanted = {"filters": {"q": "doe", "status": ["paid"]}, "assignee": "ann", "dry_run": False}
    assert office.bulk("assign", **wanted).json["done"] == 2
    assert [office.orders.get(rx(each)).assignee for each in range(3)] == [None, "ann", "ann"]
    again = office.bulk("assign", **wanted).json
    assert (again["done"], {item["code"] for item in again["items"]}) == (0, {"assignment.same"})


def test_times_without_a_zone_are_utc_here_too(office: Office) -> None:
    stored(office.orders, id=rx(1))
    for since, matched in (("2026-09-15T11:00:00", 1), ("2026-09-15T13:00:00", 0)):
        told = office.bulk("hold", filters={"from": since, "to": "2026-09-16"}).json
        assert told["matched"] == matched


def test_many_are_held_and_let_go(office: Office) -> None:
    for number in range(2):
        stored(office.orders, id=rx(number), status=Status.PAID, owner=EXECUTION)
    wanted = {"prescriptions": [rx(0), rx(1)], "dry_run": False}
    assert office.bulk("hold", hold_reason="recall", **wanted).json["done"] == 2
    assert office.orders.get(rx(0)).hold is not None
    held = office.bulk("let_go", filters={"on_hold": True}, dry_run=False).json
    assert (held["matched"], held["done"]) == (2, 2)
    assert office.orders.get(rx(0)).hold is None


def test_patients_are_invited_together(office: Office) -> None:
    stored(office.orders, id=rx(1), status=Status.VALIDATED)
    office.orders.put_document(rx(1), a_script())
    stored(office.orders, id=rx(2), status=Status.VALIDATED)
    done = office.bulk("start_enrollment", prescriptions=[rx(1), rx(2)], dry_run=False).json
    codes = {item["prescription_id"]: item["code"] for item in done["items"]}
    assert codes[rx(2)].startswith(("enrollment.", "script."))
    assert office.acts(rx(2))[0][1] == codes[rx(2)]


def test_what_validation_held_is_released_one_by_one(office: Office) -> None:
    stored(office.orders, id=rx(1), status=Status.VALIDATION_ISSUE)
    (item,) = office.bulk("release", prescriptions=[rx(1)], dry_run=False).json["items"]
    assert (item["outcome"], item["code"]) == ("refused", "bulk.one_by_one")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prescriptions": []},
        {"prescriptions": ["rx_1"], "filters": {}},
        {"prescriptions": ["no id"]},
        {"filters": {"patient": "Jordan Doe"}},
        {"filters": {"status": ["lost"]}},
        {"prescriptions": [f"rx_{number}" for number in range(101)]},
    ],
)
def test_a_choice_that_says_nothing_or_too_much_is_refused(
    office: Office, body: dict[str, Any]
) -> None:
    answer = office.bulk("redrive", **body)
    assert answer.status == 422
    assert "Jordan" not in answer.body


def test_who_may_not_do_it_to_one_may_not_do_it_to_many(office: Office) -> None:
    assert office.bulk("redrive", "pharmacist", prescriptions=[rx(1)]).status == 403
    assert office.bulk("hold", "pharmacist", prescriptions=[rx(1)]).status == 200
    assert office.bulk("hold", "auditor", prescriptions=[rx(1)]).status == 403
    assert office.ask("GET", FAILURES, "clinic").status == 403
    assert office.ask("GET", FAILURES, "auditor").status == 200


def test_the_search_is_made_anew_stretch_by_stretch(office: Office) -> None:
    for number in range(60):
        stored(office.orders, id=rx(number))
    a_broken(office.orders, rx(99))
    path, cursor, calls, changed = "/api/v1/search/rebuild", None, 0, 0
    while True:
        done = office.post(path, **({"cursor": cursor} if cursor else {})).json
        calls, changed = calls + 1, changed + done["changed"]
        if not (cursor := done.get("next_cursor")):
            break
    assert (calls, changed) == (3, 61)
    assert office.ask("GET", FAILURES).json["groups"][0]["count"] == 1
    assert office.post(path).json["changed"] == 0
    assert office.post(path, "pharmacist").status == 403
