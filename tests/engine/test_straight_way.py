"""One prescription from NewRx to completed, and everything it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cloud.world import World

EVENTS = [
    "intake_received",
    "prescription_validated",
    "start_enrollment",
    "enrollment_started",
    "enrollment_completed",
    "pharmacies_recommended",
    "select_pharmacy",
    "pharmacy_selected",
    "claim_adjudicated",
    "payment_link_required",
    "payment_successful",
    "prescription_dispensed",
    "shipping_label_generated",
    "delivered",
    "prescription_completed",
]


def test_a_prescription_goes_from_newrx_to_completed(world: World) -> None:
    rx = world.a_prescription(at="completed").tells(*EVENTS)
    assert sorted(rx.history) == sorted(EVENTS)
    assert rx.shown["documents"]["claim"][0]["status"] == "paid"
    assert rx.shown["patient_pay"] == {"amount_minor": 1000, "currency": "USD"}
    assert rx.shown["documents"]["payment"][0]["status"] == "paid"
    assert rx.shown["documents"]["shipment"][0]["label_key"].endswith(".pdf")
    assert world.backstage.running(rx.id) == []
