"""A pharmacist at the counter, on a cloud whose pharmacies do not dispense by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local.client import Client, Refused
from local.tokens import bearer_token, joins_pharmacy

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

LOT = {"lot": "L-2026-11", "expires_on": "2030-01-31", "counselling": "accepted"}


def at_the_counter(world: World) -> tuple[Prescription, Client]:
    """A prescription that waits to be dispensed, and a pharmacist who belongs to its pharmacy."""
    rx = world.a_prescription(at="awaiting_payment").pay().reaches("awaiting_dispense")
    rx.waits_for("dispense")
    joins_pharmacy(world.cloud, rx.shown["pharmacy_id"])
    token = bearer_token(world.cloud, "pharmacist")
    return rx, Client(world.cloud.ports.edge_url, token, world.watch.client())


def decide(rx: Prescription, who: Client, **command: Any) -> None:
    who.act(f"{rx.path}/dispense", command, tag=rx.tag)


def test_what_is_dispensed_is_shipped(manual: World) -> None:
    rx, pharmacist = at_the_counter(manual)
    pharmacy = rx.shown["pharmacy_id"]
    queue = pharmacist.read(f"/api/v1/dispensing?pharmacy={pharmacy}&limit=100")["items"]
    assert rx.id in [due["prescription_id"] for due in queue]
    ndc = rx.papers["validation"][0]["ndc"]
    decide(rx, pharmacist, action="dispense", ndc=ndc, quantity="30", **LOT)
    rx.reaches("shipped").tells_once("prescription_dispensed")
    assert rx.papers["dispensing"][0]["lot"] == LOT["lot"]


def test_a_refusal_takes_the_claim_back_and_routes_again(manual: World) -> None:
    rx, pharmacist = at_the_counter(manual)
    decide(rx, pharmacist, action="refuse", reason="out_of_stock", note="none on the shelf")
    rx.reaches("awaiting_pharmacy_selection").tells("dispense_refused", "claim_reversed")
    rx.select().reaches("awaiting_dispense")
    assert [paper["status"] for paper in rx.papers["claim"]] == ["paid"]


def test_nobody_dispenses_for_another_pharmacy(manual: World) -> None:
    rx, _ = at_the_counter(manual)
    stranger = manual.ops
    with pytest.raises(Refused, match="403"):
        decide(rx, stranger, action="refuse", reason="other", note="not mine")
