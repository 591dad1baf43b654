"""The doors of the parcels: who sees what, who decides what, and labels as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.secrets import Secrets
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.status import Status
from pharmonico.lambdas.http.guard import Door as HttpDoor

from functions.shipments_api import api, commands, handler, reads, sheets
from tests.gateway import Answer, send
from tests.unit.shipping.conftest import RX, an_enrollment

if TYPE_CHECKING:
    from tests.unit.shipping.conftest import Dock

ONE = f"/api/v1/shipments/{RX}"
NOTE = "Called the patient."
PHARMACIES = {"pharmacist": {"ph_0512345"}, "pharmacy_manager": {"ph_other"}}


class Badges:
    """Knows every role by its name."""

    def verify(self, token: str) -> Caller:
        own = frozenset(PHARMACIES.get(token, set()))
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}), pharmacies=own)


@dataclass
class Door:
    dock: Dock
    trail: MemoryAuditTrail

    def get(self, path: str, *, role: str = "ops", known: str = "", **request: Any) -> Answer:
        headers = {"Authorization": f"Bearer {role}", "If-None-Match": known}
        return send(handler.lambda_handler, "GET", path, headers=headers, **request)

    def post(self, path: str, body: dict[str, Any], *, key: str = "", role: str = "ops") -> Answer:
        headers = {
            "Authorization": f"Bearer {role}",
            "Idempotency-Key": key or path,
            "If-Match": f'"v{self.dock.order.revision}"',
        }
        return send(handler.lambda_handler, "POST", path, headers=headers, body=body)

    @property
    def audited(self) -> list[str]:
        return [entry.act.action for entry in self.trail.recent(RX, 100)][::-1]


@pytest.fixture
def door(dock: Dock, monkeypatch: pytest.MonkeyPatch) -> Door:
    trail = MemoryAuditTrail()
    for name, thing in (
        ("orders", dock.orders),
        ("machine", dock.machine),
        ("audit_trail", trail),
        ("directory", dock.directory),
    ):
        monkeypatch.setattr(aws, name, lambda thing=thing: thing)
    monkeypatch.setattr(aws, "CLOCK", dock.clock)
    monkeypatch.setattr(api.api, "_tokens", lambda: dock.tokens)
    monkeypatch.setattr(api.api, "_door", HttpDoor(verifier=Badges))
    monkeypatch.setattr(reads, "secrets", lambda: Secrets(signing_key="k" * 32))
    for module in (reads, sheets):
        monkeypatch.setattr(module, "labels", lambda: dock.labels)
    for module in (api, commands, sheets):
        monkeypatch.setattr(module, "carriers", lambda: dock.carriers)
    return Door(dock, trail)


def delivery(postal_code: str = "94103", **changes: Any) -> dict[str, Any]:
    entered = an_enrollment(postal_code).delivery
    assert entered is not None
    return {**entered.model_dump(mode="json"), **changes}


def held(door: Door) -> None:
    door.dock.given(postal_code="99999")
    door.dock.ship()


def shipped(door: Door) -> None:
    door.dock.given()
    door.dock.ship()


def test_the_worklist_shows_what_waits_for_a_decision(door: Door) -> None:
    held(door)
    listed = door.get("/api/v1/shipments").json
    [item] = listed["items"]
    assert (item["prescription_id"], item["reason"]) == (RX, "address.invalid")
    others = door.get("/api/v1/shipments", query={"status": "returned"})
    assert others.json == {"items": [], "next_cursor": None}


def test_a_poll_ends_with_304_until_the_parcel_moves_and_is_no_new_read(door: Door) -> None:
    shipped(door)
    tag = door.get(ONE).headers["etag"]
    assert door.get(ONE, known=tag).status == 304
    assert door.audited == ["parcel_read"]
    order = door.dock.order
    assert order.tracking is not None
    moved = order.tracking.model_copy(update={"status": "TRANSIT"})
    door.dock.orders.save(order.model_copy(update={"tracking": moved}))
    assert door.get(ONE, known=tag).status == 200


def test_a_held_parcel_says_what_may_be_done_and_who_read_it(door: Door) -> None:
    held(door)
    shown = door.get(ONE).json
    assert shown["actions"] == ["correct_address", "release", "cancel"]
    assert shown["delivery"]["postal_code"] == "99999"
    assert door.audited == ["parcel_read"]


@pytest.mark.parametrize(
    ("typed", "verdict", "line1"),
    [
        (delivery(), "valid", None),
        (delivery(line1="2 Test Stret"), "suggestion", "2 Test Street"),
        (delivery("99999"), "invalid", None),
    ],
)
def test_an_address_is_tried_before_it_is_put_in(
    door: Door, typed: dict[str, Any], verdict: str, line1: str | None
) -> None:
    held(door)
    answer = door.post(f"{ONE}/address-check", typed).json
    assert answer["verdict"] == verdict
    assert (answer["suggested"] or {}).get("line1") == line1
    assert door.dock.order.status is Status.SHIPPING_ISSUE


def test_a_pharmacist_of_another_pharmacy_sends_nothing_elsewhere(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(door)
    command = {"delivery": delivery(), "note": NOTE}
    monkeypatch.setitem(PHARMACIES, "pharmacist", {"ph_other"})
    for path, body in (
        ("address", command),
        ("void", {"note": NOTE}),
        ("settlement", {"fate": "lost", "reverse_claim": True, "note": NOTE}),
    ):
        answer = door.post(f"{ONE}/{path}", body, role="pharmacist")
        assert (answer.status, answer.json["code"]) == (403, "shipping.other_pharmacy")
    assert door.dock.order.status is Status.SHIPPING_ISSUE
    assert len(door.audited) == 3
    monkeypatch.setitem(PHARMACIES, "pharmacist", {"ph_0512345"})
    assert door.post(f"{ONE}/address", command, key="own", role="pharmacist").status == 202


def test_a_corrected_address_goes_on_to_shipping_once(door: Door) -> None:
    held(door)
    command = {"delivery": delivery(), "note": NOTE}
    answer = door.post(f"{ONE}/address", command, key="one")
    assert (answer.status, answer.json["status"]) == (202, "dispensed")
    assert "Jordan" not in answer.body
    again = door.post(f"{ONE}/address", command, key="one")
    assert again.headers["idempotent-replayed"] == "true"
    assert door.dock.order.run == 2
    assert door.audited == ["address_corrected"]


def test_an_address_that_is_no_better_is_refused_and_audited(door: Door) -> None:
    held(door)
    answer = door.post(f"{ONE}/address", {"delivery": delivery("99999"), "note": NOTE})
    assert (answer.status, answer.json["code"]) == (422, "address.invalid")
    [entry] = door.trail.recent(RX, 1)
    assert entry.act.outcome == "address.invalid"


@pytest.mark.parametrize("role", ["ops", "pharmacist"])
def test_a_label_is_read_as_a_file(door: Door, role: str) -> None:
    shipped(door)
    answer = door.get(f"{ONE}/label", role=role)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body.startswith("%PDF")
    assert answer.headers["cache-control"] == "no-store"
    assert door.audited == ["label_read"]


def test_a_label_of_another_pharmacy_is_not_shown(door: Door) -> None:
    shipped(door)
    answer = door.get(f"{ONE}/label", role="pharmacy_manager")
    assert (answer.status, answer.json["code"]) == (403, "shipping.other_pharmacy")
    assert door.audited == []


def test_a_withdrawn_label_is_no_label(door: Door) -> None:
    shipped(door)
    assert door.post(f"{ONE}/void", {"note": NOTE}).json["status"] == "shipping_issue"
    assert door.get(f"{ONE}/label").json["code"] == "label.none"
    assert [each["voided"] for each in door.get(ONE).json["shipments"]] == [False, True]


def test_a_returned_parcel_is_settled_once(door: Door) -> None:
    shipped(door)
    door.dock.scanned("RETURNED", "return_to_sender")
    answer = door.post(
        f"{ONE}/settlement", {"fate": "returned", "reverse_claim": True, "note": NOTE}
    )
    assert answer.status == 202
    assert door.dock.order.undo_due
    answer = door.post(
        f"{ONE}/settlement",
        {"fate": "returned", "reverse_claim": False, "note": NOTE},
        key="second",
    )
    assert (answer.status, answer.json["code"]) == (409, "shipping.not_to_settle")


@pytest.mark.parametrize("role", ["auditor", "pharmacy_manager", "provider_reader"])
def test_who_only_reads_decides_nothing(door: Door, role: str) -> None:
    shipped(door)
    assert door.post(f"{ONE}/void", {"note": NOTE}, role=role).status == 403
    assert door.dock.carriers.voided == []


def test_of_two_clerks_the_second_reads_again(door: Door) -> None:
    shipped(door)
    headers = {"Authorization": "Bearer ops", "Idempotency-Key": "late", "If-Match": '"v0"'}
    answer = send(
        handler.lambda_handler, "POST", f"{ONE}/void", headers=headers, body={"note": NOTE}
    )
    assert answer.status == 412
    assert door.dock.carriers.voided == []


def test_a_pharmacys_day_is_shown_closed_and_read(door: Door) -> None:
    shipped(door)
    place, query = "/api/v1/shipments/manifest", {"pharmacy": "ph_0512345", "day": "2026-09-15"}
    [sheet] = door.get(place, role="pharmacist", query=query).json["sheets"]
    assert [each["prescription_id"] for each in sheet["parcels"]] == [RX]
    assert door.get(f"{ONE}/manifest").json["code"] == "manifest.none"
    closing = {"pharmacy_id": "ph_0512345", "day": "2026-09-15"}
    [closed] = door.post(place, closing, role="pharmacist").json["sheets"]
    assert closed["manifest_id"] == door.dock.carriers.manifests[0].id
    assert door.get(place, query=query).json["sheets"] == []
    assert door.get(f"{ONE}/manifest").body.startswith("%PDF")
    assert door.audited == ["manifest_closed", "manifest_read"]


def test_a_day_of_another_pharmacy_is_not_ones_own(door: Door) -> None:
    shipped(door)
    query = {"pharmacy": "ph_0512345", "day": "2026-09-15"}
    answer = door.get("/api/v1/shipments/manifest", role="pharmacy_manager", query=query)
    assert (answer.status, answer.json["code"]) == (403, "shipping.other_pharmacy")
