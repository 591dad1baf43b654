"""Parcels in trouble: held for an address, taken back, returned and written off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

NOTE = "Called the patient."
NOWHERE, SOMEWHERE = "99999", "43201"
TIMED_OUT_S = 20
"""Longer than anybody waits for the carrier's answer."""


def decide(rx: Prescription, verb: str, body: dict[str, Any]) -> dict[str, Any]:
    path = f"/api/v1/shipments/{rx.id}"
    return rx.world.ops.act(f"{path}/{verb}", {**body, "note": NOTE}, tag=rx.tag)


def delivery(rx: Prescription, **changes: str) -> dict[str, Any]:
    return {**rx.papers["enrollment"][0]["delivery"], **changes}


def listed(world: World, status: str) -> list[str]:
    found = world.ops.read(f"/api/v1/shipments?status={status}&limit=100")["items"]
    return [parcel["prescription_id"] for parcel in found]


def test_an_address_nobody_knows_is_put_right_and_shipped_to(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    rx.patient.fill_in()
    rx.patient.send("PUT", "enrollment/delivery", a_delivery(postal_code=NOWHERE))
    rx.patient.submit()
    rx.select().pay().reaches("shipping_issue")
    assert rx.shown["hold_reason"] == "address.invalid"
    assert rx.id in listed(world, "shipping_issue")
    decide(rx, "address", {"delivery": delivery(rx, postal_code=SOMEWHERE)})
    rx.reaches("shipped").scanned("DELIVERED").reaches("completed")
    [decision] = rx.papers["parcel_decision"]
    assert decision["before"]["postal_code"] == NOWHERE
    assert len(world.partners.parcels(rx.id)) == 1


def a_delivery(**changes: str) -> dict[str, Any]:
    typed = {
        "name": "Jordan Doe",
        "line1": "99 Test Stret",
        "city": "Columbus",
        "state": "OH",
        "postal_code": SOMEWHERE,
    }
    return {**typed, **changes}


def test_the_patient_sees_how_carriers_write_the_address(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    found = rx.patient.send("POST", "address-check", a_delivery()).json()
    assert (found["verdict"], found["suggested"]["line1"]) == ("suggestion", "99 Test Street")
    unknown = rx.patient.send("POST", "address-check", a_delivery(postal_code=NOWHERE)).json()
    assert unknown == {"verdict": "invalid", "suggested": None}


def test_a_label_is_read_taken_back_and_bought_anew(world: World) -> None:
    rx = world.a_prescription(at="shipped").waits_for("delivery")
    first, place = rx.tracking_number, f"/api/v1/shipments/{rx.id}/label"
    pdf = world.door.get(place, headers={"Accept": "application/pdf"})
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    decide(rx, "void", {})
    rx.reaches("shipping_issue").tells("shipping_label_voided")
    rx.ops_do("release", {"note": NOTE})
    rx.reaches("shipped").waits_for("delivery")
    assert rx.tracking_number != first
    rx.scanned("DELIVERED").reaches("completed")


def test_a_returned_parcel_is_written_off_once(world: World) -> None:
    rx = world.a_prescription(at="shipped").waits_for("delivery")
    rx.scanned("RETURNED").reaches("returned")
    assert rx.id in listed(world, "returned")
    decide(rx, "settlement", {"fate": "returned", "reverse_claim": True})
    rx.tells("parcel_settled", "claim_reversed", "payment_refunded")
    until(lambda: not rx.stored.get("undo_due"), "the write-off to end")
    rx.tells_once("parcel_written_off", "claim_reversed", "payment_refunded")
    assert rx.status == "returned"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_purchase_nobody_answered_is_made_once(world: World, when: str) -> None:
    """The carrier hangs for longer than we wait, and sells the label meanwhile or never."""
    rx = world.a_prescription(at="awaiting_payment")
    lost = {"kind": "timeout", "method": "POST", "path": "/transactions", "when": when, "times": 1}
    with world.partners.failing("shippo", **lost, delay_s=TIMED_OUT_S):
        rx.pay().reaches("shipped", deadline_s=150)
    assert len(world.partners.parcels(rx.id)) == 1
