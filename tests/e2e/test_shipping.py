"""The carrier as a partner: a label bought exactly once, scans in any order and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

BUY = "/transactions"


def labels(world: World, rx: Prescription) -> list[object]:
    """The labels that were really sold for it."""
    sold = world.partners.calls("shippo", BUY, about=rx.id)
    return [call for call in sold if call["status"] == 201 or call["fault"]]


def test_a_label_whose_answer_is_lost_is_not_bought_twice(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    lost = {"method": "POST", "path": BUY, "when": "after", "times": 1}
    with world.partners.failing("shippo", **lost):
        rx.pay().reaches("shipped")
    assert len(labels(world, rx)) == 1
    parcels = world.partners.parcels(rx.id)
    assert [each["tracking_number"] for each in parcels] == [rx.tracking_number]


def test_forged_stale_and_repeated_scans_change_nothing(world: World) -> None:
    rx = world.a_prescription(at="shipped").scanned("TRANSIT").reaches("in_transit")
    number = rx.tracking_number
    assert world.partners.repeat_scan(number, forge=True)["status"] == 400
    assert world.partners.repeat_scan(number, age_s=301)["status"] == 400
    assert world.partners.repeat_scan(number)["status"] == 200
    rx.tells("shipment_updated")
    rx.tells_once("shipment_updated")
    assert rx.status == "in_transit"


def test_a_parcel_never_goes_backwards(world: World) -> None:
    rx = world.a_prescription(at="shipped").waits_for("delivery")
    rx.scanned("OUT_FOR_DELIVERY").reaches("out_for_delivery")
    rx.scanned("DELIVERED").reaches("completed")
    rx.scanned("TRANSIT")
    until(lambda: len(rx.papers["shipment"][0]["updates"]) == 3, "the late scan to be noted")
    assert rx.status == "completed"
