"""From the bill to the doorstep through the functions' own wiring and the partners' own SDKs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.labels import labels
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from functions.payment import handler as payment
from functions.refund_payment import handler as refund_payment
from functions.ship import handler as ship
from functions.void_label import handler as void_label
from functions.webhook_shippo import handler as webhook_shippo
from functions.webhook_stripe import handler as webhook_stripe
from tests.unit.shipping.conftest import RX

if TYPE_CHECKING:
    from tests.integration.partners.conftest import House

ASK = {"wait": "payment", "token": "token-1"}


@pytest.fixture
def paid(house: House) -> House:
    assert house.stage(payment, **ASK) == "waiting"
    [session] = house.sandbox.items("/stripe/sessions", reference=RX)
    house.sandbox.post(f"/stripe/sessions/{session['id']}/pay")
    assert house.deliver(webhook_stripe, 1).json == {"outcome": "paid"}
    return house


@pytest.fixture
def dispensed(paid: House) -> House:
    paid.move(Status.AWAITING_DISPENSE)
    paid.move(Status.DISPENSED)
    return paid


def parcel_of(house: House) -> str:
    assert house.order.tracking is not None
    return house.order.tracking.number


def test_a_patient_pays_and_the_parcel_arrives(dispensed: House) -> None:
    assert dispensed.stage(ship) == "shipped"
    shipment = aws.orders().document(RX, Shipment)
    assert shipment is not None
    pdf = labels().get(str(shipment.label_key))
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    for count, (step, status) in enumerate(
        [("TRANSIT", "in_transit"), ("OUT_FOR_DELIVERY", "out_for_delivery"), ("DELIVERED",) * 2],
        start=2,
    ):
        dispensed.sandbox.post(f"/shippo/parcels/{parcel_of(dispensed)}/move", {"status": step})
        assert dispensed.deliver(webhook_shippo, count).json == {"outcome": "moved"}
        assert dispensed.order.status == status.lower()


def test_a_label_whose_purchase_was_not_answered_is_bought_once(dispensed: House) -> None:
    lost = {"provider": "shippo", "kind": "error", "when": "after", "times": 1, "status": 502}
    dispensed.sandbox.post("/faults", {**lost, "method": "POST", "path": "/transactions"})
    with pytest.raises(Unavailable):
        dispensed.stage(ship)
    assert dispensed.stage(ship) == "shipped"
    assert len(dispensed.sandbox.items("/shippo/parcels")) == 1


def test_a_cancelled_prescription_gets_money_and_label_back_once(dispensed: House) -> None:
    dispensed.stage(ship)
    dispensed.move(Status.CANCELLED)
    assert [dispensed.stage(refund_payment) for _ in range(2)] == ["refunded", "nothing_paid"]
    assert [dispensed.stage(void_label) for _ in range(2)] == ["voided", "no_label"]
    papers = aws.orders().document(RX, Payment), aws.orders().document(RX, Shipment)
    assert papers[0] is not None
    assert papers[1] is not None
    assert (papers[0].status, papers[1].voided) == ("refunded", True)


def test_a_forged_webhook_is_refused_with_the_real_keys(house: House) -> None:
    house.stage(payment, **ASK)
    [session] = house.sandbox.items("/stripe/sessions", reference=RX)
    house.sandbox.post(f"/stripe/sessions/{session['id']}/pay")
    house.receiver.wait_for(1)
    house.sandbox.post(f"/stripe/sessions/{session['id']}/resend", {"forge": True})
    assert house.deliver(webhook_stripe, 2).json["code"] == "signature.invalid"
    house.sandbox.post(f"/stripe/sessions/{session['id']}/resend", {"age_s": 600})
    assert house.deliver(webhook_stripe, 3).json["code"] == "signature.stale"
    assert house.order.status is Status.AWAITING_PAYMENT


def test_a_stage_that_cannot_reach_stripe_fails_its_token_by_name(house: House) -> None:
    house.sandbox.post("/faults", {"provider": "stripe", "kind": "error", "times": -1})
    assert house.stage(payment, **ASK) == "failed"
    failure = ("StageError", "Unavailable: payment.provider_unavailable")
    assert house.machine.answers == {"token-1": failure}
