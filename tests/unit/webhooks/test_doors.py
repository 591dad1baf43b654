"""Endpoints and their log through the doors, as a provider, a stranger and ops."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from pharmonico.adapters import aws, receivers, webhook_queue, webhooks
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.events import fulfillment as happened
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.webhooks.registering import ENDPOINTS_MAX
from pharmonico.lambdas.http.guard import Door

from functions.webhooks_api import log
from functions.webhooks_api.api import api
from functions.webhooks_api.handler import lambda_handler
from tests.gateway import Answer, send
from tests.hooking import Office, signature_fits

PATH = "/api/v1/webhooks/endpoints"
WANTED = {"url": "https://clinic.example/hooks", "events": ["prescription_dispensed"]}


class Badges:
    """`clinic`, `stranger` and `reader` are providers' systems; the rest are roles of staff."""

    def verify(self, token: str) -> Caller:
        if token in {"clinic", "stranger"}:
            return Caller(token, Kind.PROVIDER, frozenset({Role.PROVIDER}), client_id=token)
        if token == "reader":
            return Caller("clinic", Kind.PROVIDER, frozenset({Role.PROVIDER_READER}), "clinic")
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}))


@dataclass
class Desk:
    office: Office
    trail: MemoryAuditTrail
    asked: int = 0

    def ask(self, method: str, path: str = "", who: str = "clinic", **sent: Any) -> Answer:
        self.asked += 1
        headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": f"key-{self.asked}"}
        return send(lambda_handler, method, f"{PATH}{path}", headers=headers, **sent)

    def registered(self, who: str = "clinic", **changes: Any) -> dict[str, Any]:
        answer = self.ask("POST", who=who, body={**WANTED, **changes})
        assert answer.status == 201, answer.body
        return dict(answer.json)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    office = Office()
    trail, tokens = MemoryAuditTrail(clock=office.clock), MemoryTokens(clock=office.clock)
    for name in ("endpoints", "deliveries"):
        monkeypatch.setattr(webhooks, name, functools.partial(getattr, office, name))
    monkeypatch.setattr(webhook_queue, "dispatch", lambda: office.dispatch)
    monkeypatch.setattr(receivers, "takes_loopback", lambda: False)
    monkeypatch.setattr(aws, "audit_trail", lambda: trail)
    monkeypatch.setattr(aws, "CLOCK", office.clock)
    monkeypatch.setattr(api, "_tokens", lambda: tokens)
    monkeypatch.setattr(api, "_door", Door(verifier=Badges))
    monkeypatch.setattr(log, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    return Desk(office, trail)


def test_a_provider_registers_tries_and_reads_its_log(desk: Desk) -> None:
    made = desk.registered()
    assert (made["audience"], made["secret"][:6]) == ("client#clinic", "whsec_")
    one = f"/{made['endpoint_id']}"
    assert desk.ask("POST", f"{one}/test").status == 202
    desk.office.work()
    ((_, body, headers),) = desk.office.receivers.posted
    assert signature_fits(made["secret"], body, headers)
    (line,) = desk.ask("GET", f"{one}/deliveries").json["items"]
    assert (line["event_type"], line["status"]) == ("webhook_test", "delivered")
    assert line["attempts"][0]["status"] == 200


def test_the_secret_is_told_once(desk: Desk) -> None:
    made = desk.registered()
    shown = desk.ask("GET", f"/{made['endpoint_id']}")
    assert "whsec_" not in shown.body + desk.ask("GET").body
    fresh = desk.ask("POST", f"/{made['endpoint_id']}/rotate").json
    assert fresh["secret"] not in {made["secret"], ""}
    assert fresh["old_secret_until"] == "2026-09-16T12:00:00Z"


def test_a_repeated_request_is_answered_without_the_secret(desk: Desk) -> None:
    made = desk.registered()
    rotate = f"/{made['endpoint_id']}/rotate"
    new = desk.ask("POST", rotate)
    desk.asked -= 1
    again = desk.ask("POST", rotate)
    assert again.json == {**new.json, "secret": ""}
    assert again.headers["idempotent-replayed"] == "true"


def test_a_stranger_finds_nothing_and_changes_nothing(desk: Desk) -> None:
    one = f"/{desk.registered()['endpoint_id']}"
    assert desk.ask("GET", who="stranger").json == {"items": []}
    said = [
        desk.ask(method, f"{one}{path}", "stranger", **body).status
        for method, path, body in (
            ("GET", "", {}),
            ("DELETE", "", {}),
            *(("POST", f"/{act}", {}) for act in ("pause", "resume", "rotate", "test")),
            ("GET", "/deliveries", {}),
            ("POST", "/deliveries/msg_1/replay", {}),
            ("POST", "/replay", {"body": {"since": "2026-01-01T00:00:00Z"}}),
        )
    ]
    assert set(said) == {404}


def test_who_may_only_read_changes_nothing(desk: Desk) -> None:
    desk.registered()
    assert len(desk.ask("GET", who="reader").json["items"]) == 1
    assert desk.ask("POST", who="reader", body=WANTED).status == 403
    assert desk.ask("GET", who="pharmacist").status == 403


@pytest.mark.parametrize(
    ("who", "changes", "status"),
    [
        ("clinic", {"client_id": "stranger"}, 422),
        ("clinic", {"labeler": "00071"}, 422),
        ("ops", {}, 422),
        ("ops", {"labeler": "00071", "client_id": "clinic"}, 422),
        ("ops", {"labeler": "71"}, 422),
        ("ops", {"labeler": "00071"}, 201),
        ("ops", {"client_id": "clinic"}, 201),
        ("clinic", {"url": "http://clinic.example/"}, 422),
        ("clinic", {"url": "https://169.254.169.254/latest/meta-data"}, 422),
        ("clinic", {"events": []}, 422),
        ("clinic", {"events": ["prescription_failed"]}, 422),
    ],
)
def test_what_may_be_registered(desk: Desk, who: str, changes: dict[str, Any], status: int) -> None:
    assert desk.ask("POST", who=who, body={**WANTED, **changes}).status == status


def test_ops_see_everybodys(desk: Desk) -> None:
    desk.registered()
    desk.registered("ops", labeler="00071")
    found = desk.ask("GET", who="ops").json["items"]
    assert {each["audience"] for each in found} == {"client#clinic", "labeler#00071"}


def test_the_same_request_registers_once(desk: Desk) -> None:
    first = desk.registered()
    desk.asked -= 1
    assert desk.ask("POST", body=WANTED).json == {**first, "secret": ""}
    assert desk.ask("POST", body=WANTED).status == 409


def test_an_audience_has_so_many_endpoints_and_no_more(desk: Desk) -> None:
    for number in range(ENDPOINTS_MAX):
        desk.registered(url=f"https://clinic.example/{number}")
    assert desk.ask("POST", body=WANTED).json["code"] == "webhook.too_many"


def test_pause_hold_resume_replay(desk: Desk) -> None:
    one = f"/{desk.registered()['endpoint_id']}"
    assert desk.ask("POST", f"{one}/pause").json["status"] == "paused"
    desk.office.happens(happened.PrescriptionDispensed)
    assert desk.ask("POST", f"{one}/test").status == 409
    since = {"since": (desk.office.clock.now() - timedelta(hours=1)).isoformat()}
    assert desk.ask("POST", f"{one}/replay", body=since).status == 409
    assert desk.ask("POST", f"{one}/resume").json["status"] == "active"
    desk.office.clock.advance(timedelta(minutes=1))
    assert desk.ask("POST", f"{one}/replay", body=since).json == {"queued": 1, "more": False}
    desk.office.work()
    (line,) = desk.ask("GET", f"{one}/deliveries", query={"status": "delivered"}).json["items"]
    again = desk.ask("POST", f"{one}/deliveries/{line['message_id']}/replay")
    assert (again.status, again.json["status"]) == (202, "pending")
    assert desk.ask("POST", f"{one}/deliveries/msg_none/replay").status == 404


def test_what_was_dropped_is_gone(desk: Desk) -> None:
    one = f"/{desk.registered()['endpoint_id']}"
    desk.office.happens(happened.PrescriptionDispensed)
    assert desk.ask("DELETE", one).status == 200
    assert desk.ask("GET", one).status == 404
    desk.office.work()
    assert desk.office.receivers.posted == []


def test_every_change_is_sealed(desk: Desk) -> None:
    made = desk.registered()
    one = f"/{made['endpoint_id']}"
    for act in ("pause", "resume", "rotate"):
        desk.ask("POST", f"{one}/{act}")
    desk.ask("DELETE", one)
    entries = desk.trail.chain(made["endpoint_id"])
    assert [entry.act.action for entry in entries] == [
        *("webhook_registered", "webhook_paused", "webhook_resumed"),
        *("webhook_secret_rotated", "webhook_dropped"),
    ]
    assert {entry.act.actor.id for entry in entries} == {"clinic"}
