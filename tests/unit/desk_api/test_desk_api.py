"""The desk's API through its handler on the memory adapters: failures and counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.fulfillment.desk.counting import STATUSES
from pharmonico.fulfillment.desk.failures import keep
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.status import TERMINAL, Status
from pharmonico.lambdas.http.guard import Door

from functions.desk_api import bulk as bulk_door
from functions.desk_api import failures as failures_door
from functions.desk_api import rebuild as rebuild_door
from functions.desk_api import views as views_door
from functions.desk_api.api import api
from functions.desk_api.handler import lambda_handler
from tests.builders import a_clock, stored
from tests.gateway import Answer, send
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
    for door in (bulk_door, failures_door, rebuild_door, views_door):
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
        office.clock.advance(timedelta(seconds=30))
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


def test_what_does_not_exist_is_not_settled_and_leaves_no_trace(office: Office) -> None:
    for name in ("rx_none", "grown%232026-09-15T12", "grown#2026-09-15T12"):
        assert office.post(f"{FAILURES}/{name}/resolve", note="settled by phone").status == 404
        assert office.acts(name) == []


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
