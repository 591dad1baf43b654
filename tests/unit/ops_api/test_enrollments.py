"""What staff does about an enrollment, through the handler on the memory adapters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.records import MemoryRecords
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.enrollment.papers import SignedRecord
from pharmonico.fulfillment.status import Status
from pharmonico.lambdas.http.guard import Door

from functions.ops_api.api import api
from functions.ops_api.handler import lambda_handler
from tests.enrolling import DELIVERY, INSURANCE, World
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

RX = "rx_01JCZ5ABCDEFGHJKMNPQRSTVWX"
PATH = f"/api/v1/prescriptions/{RX}"


class Badges:
    def verify(self, token: str) -> Caller:
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}))


@dataclass
class Office:
    """The handler with its stores."""

    world: World
    trail: MemoryAuditTrail = field(default_factory=MemoryAuditTrail)
    records: MemoryRecords = field(default_factory=MemoryRecords)
    asked: int = 0

    def ask(self, method: str, path: str, who: str = "ops", **sent: Any) -> Answer:
        self.asked += 1
        headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": f"key-{self.asked}"}
        return send(lambda_handler, method, path, headers=headers, **sent)

    def acts(self, about: str = RX) -> list[tuple[str, str]]:
        return [(entry.act.action, entry.act.outcome) for entry in self.trail.chain(about)]

    @property
    def order(self) -> Order:
        return self.world.orders.get(RX)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office(World())
    world = office.world
    for name, port in {
        "orders": world.orders,
        "tokens": world.tokens,
        "audit_trail": office.trail,
        "records": office.records,
    }.items():
        monkeypatch.setattr(aws, name, lambda port=port: port)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    monkeypatch.setattr(api, "_tokens", lambda: world.tokens)
    monkeypatch.setattr(api, "_door", Door(verifier=Badges))
    return office


def test_the_signed_record_is_handed_out_for_minutes_and_the_reading_is_on_record(
    office: Office,
) -> None:
    office.world.validated(rx=RX)
    assert office.ask("GET", f"{PATH}/consent-record").json["code"] == "record.not_ready"
    now = office.world.clock.now()
    kept = SignedRecord(object_key="records/1", size=3, sha256="a" * 64, signed_at=now, made_at=now)
    office.world.orders.put_document(RX, kept)
    answer = office.ask("GET", f"{PATH}/consent-record", "auditor")
    assert (answer.status, answer.json["expires_in_s"]) == (200, 300)
    assert "records/1" in answer.json["url"]
    assert office.acts() == [("consent_record_read", "ok")]


def told(**consent: Any) -> dict[str, Any]:
    agreed = {"name": "Jordan Doe", "treatment": True, "privacy": True, **consent}
    return {
        "insurance": INSURANCE.model_dump(),
        "delivery": DELIVERY.model_dump(),
        "consent": agreed,
    }


def test_an_enrollment_is_entered_on_the_phone_and_the_act_is_on_record(office: Office) -> None:
    office.world.validated(rx=RX)
    answer = office.ask("POST", f"{PATH}/enrollment/by-phone", body=told())
    assert (answer.status, answer.json["status"]) == (200, "awaiting_routing")
    again = office.ask("POST", f"{PATH}/enrollment/by-phone", body=told())
    assert (again.status, again.json["code"]) == (409, "enrollment.submitted")
    assert office.acts() == [("enroll_by_phone", "ok"), ("enroll_by_phone", again.json["code"])]


def test_nothing_is_entered_without_a_yes_to_each_consent(office: Office) -> None:
    office.world.validated(rx=RX)
    answer = office.ask("POST", f"{PATH}/enrollment/by-phone", body=told(privacy=False))
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/consent/privacy")
    assert office.order.status is Status.VALIDATED


def test_an_invitation_is_taken_back_and_the_act_is_on_record(office: Office) -> None:
    office.world.validated(rx=RX)
    assert office.ask("POST", f"{PATH}/enrollment/revoke").status == 404
    office.ask("POST", "/api/v1/enrollments", body={"prescription_id": RX})
    assert office.ask("POST", f"{PATH}/enrollment/revoke").status == 200
    assert office.order.hold_reason == "enrollment.revoked"
    assert office.acts() == [
        ("revoke_enrollment", "enrollment.not_found"),
        ("start_enrollment", "ok"),
        ("revoke_enrollment", "ok"),
    ]


@pytest.mark.parametrize("who", ["auditor", "pharmacy_manager", "patient"])
@pytest.mark.parametrize("door", ["revoke", "by-phone"])
def test_others_do_neither(office: Office, who: str, door: str) -> None:
    office.world.validated(rx=RX)
    assert office.ask("POST", f"{PATH}/enrollment/{door}", who, body=told()).status == 403
    assert office.order.status is Status.VALIDATED
