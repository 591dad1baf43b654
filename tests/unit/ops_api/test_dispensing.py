"""The pharmacist's doors: their own queue, and what they may do at the counter."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.identity import caller_of
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.dispensing.papers import Restock
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.shipping.papers import HandedOver, Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.lambdas.http.guard import Door

from functions.ops_api import dispensing
from functions.ops_api.api import api
from tests.builders import NOON, a_wait, stored
from tests.prescribing import NDC, a_directory, a_pharmacy, a_script, a_validation
from tests.unit.ops_api.test_ops_api import PATH, RX, Office, office

__all__ = ["office"]

FILL = {"action": "dispense", "ndc": NDC, "quantity": "30", "lot": "L1"}
FILL |= {"expires_on": "2027-09-01", "counselling": "accepted"}
REFUSAL = {"action": "refuse", "reason": "out_of_stock", "note": "none left"}


class Badges:
    """`here` belongs to the chosen pharmacy, `there` to another one, `ops` to none."""

    def verify(self, token: str) -> Caller:
        role = Role.OPS if token == "ops" else Role.PHARMACIST
        pharmacies = {"here": {"ph_0000001"}, "there": {"ph_0000002"}}.get(token, set())
        return Caller(
            f"usr_{token}", Kind.STAFF, frozenset({role}), pharmacies=frozenset(pharmacies)
        )


@pytest.fixture
def counter(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    facts = {"pharmacy_id": "ph_0000001", "wait": a_wait(WaitName.DISPENSE)}
    stored(office.orders, id=RX, status=Status.AWAITING_DISPENSE, **facts)
    for paper in (a_script(), a_validation()):
        office.orders.put_document(RX, paper)
    monkeypatch.setattr(dispensing, "secrets", lambda: type("S", (), {"signing_key": "k" * 32}))
    monkeypatch.setattr(aws, "directory", lambda: a_directory(a_pharmacy()))
    monkeypatch.setattr(aws, "machine", MemoryMachine)
    monkeypatch.setattr(api, "_door", Door(verifier=Badges))
    return office


def decide(counter: Office, who: str, command: dict[str, Any]) -> Any:
    guards = {"If-Match": '"v1"', "Idempotency-Key": f"{who}-1"}
    return counter.ask("POST", f"{PATH}/dispense", who, headers=guards, body=command)


def test_the_queue_is_the_pharmacists_own(counter: Office) -> None:
    (due,) = counter.ask("GET", "/api/v1/dispensing", "here").json["items"]
    assert (due["prescription_id"], due["pharmacy_id"]) == (RX, "ph_0000001")
    assert counter.ask("GET", "/api/v1/dispensing", "there").json["items"] == []
    other = counter.ask("GET", "/api/v1/dispensing", "there", query={"pharmacy": "ph_0000001"})
    assert (other.status, counter.ask("GET", "/api/v1/dispensing").status) == (403, 403)


def test_the_queue_comes_page_by_page_the_oldest_first(counter: Office) -> None:
    for name in ("rx_02", "rx_03"):
        stored(counter.orders, id=name, status=Status.AWAITING_DISPENSE, pharmacy_id="ph_0000001")
    seen, query = [], {"limit": "2"}
    for _ in range(2):
        page = counter.ask("GET", "/api/v1/dispensing", "here", query=query).json
        seen += [due["prescription_id"] for due in page["items"]]
        query["cursor"] = page["next_cursor"]
    assert (seen, query["cursor"]) == (sorted((RX, "rx_02", "rx_03")), None)


@pytest.mark.parametrize(("who", "status"), [("here", 202), ("there", 403), ("ops", 403)])
def test_only_a_pharmacist_of_that_pharmacy_dispenses(
    counter: Office, who: str, status: int
) -> None:
    assert decide(counter, who, FILL).status == status


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (REFUSAL, 202),
        (REFUSAL | {"reason": "because"}, 422),
        (FILL | {"quantity": "0"}, 422),
        (FILL | {"quantity": "31"}, 422),
        (FILL | {"expires_on": "2020-01-01"}, 422),
        (FILL | {"ndc": "123"}, 422),
        ({"action": "burn"}, 422),
        ({"action": "substitute", "ndc": "99999999999"}, 422),
    ],
)
def test_decisions_are_checked(counter: Office, command: dict[str, Any], status: int) -> None:
    assert decide(counter, "here", command).status == status


def test_the_token_names_the_pharmacies() -> None:
    claims = {"sub": "u1", "cognito:groups": ["pharmacist", "pharmacy.ph_0000001", "other"]}
    assert caller_of(claims).pharmacies == {"ph_0000001"}
    assert caller_of(claims | {"cognito:groups": "pharmacy.ph_0000001"}).pharmacies == frozenset()


def put_back(counter: Office, who: str, disposal: str = "restocked") -> Any:
    guards = {"If-Match": '"v1"', "Idempotency-Key": f"{who}-{disposal}"}
    body = {"disposal": disposal}
    return counter.ask("POST", f"{PATH}/restock", who, headers=guards, body=body)


def test_the_pharmacy_says_what_became_of_cancelled_medicine(counter: Office) -> None:
    assert put_back(counter, "here").json["code"] == "restock.nothing_due"
    due = Restock(pharmacy_id="ph_0000001", due_at=NOON, reason="prescriber_cancelled")
    counter.orders.put_document(RX, due)
    assert put_back(counter, "there").json["code"] == "dispensing.other_pharmacy"
    assert put_back(counter, "ops").status == 403
    assert put_back(counter, "here", "discarded").status == 202
    (paper,) = counter.orders.documents(RX, Restock)
    assert (paper.disposal, paper.by) == ("discarded", "usr_here")
    assert put_back(counter, "here", "quarantined").json["code"] == "restock.done"
    assert ("restock", "ok") in counter.acts()


def test_what_left_with_the_carrier_is_never_restocked(counter: Office) -> None:
    due = Restock(pharmacy_id="ph_0000001", due_at=NOON, reason="prescriber_cancelled")
    counter.orders.put_document(RX, due)
    sheet = HandedOver(day=NOON.date(), closed_at=NOON)
    counter.orders.put_document(RX, Shipment(shipment_id="shp_1", handed_over=sheet))
    assert put_back(counter, "here").json["code"] == "restock.left_pharmacy"
    assert put_back(counter, "here", "quarantined").status == 202
