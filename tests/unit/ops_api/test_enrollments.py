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
from pharmonico.lambdas.http.guard import Door

from functions.ops_api.api import api
from functions.ops_api.handler import lambda_handler
from tests.enrolling import World
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
