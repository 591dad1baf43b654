"""A second machine stops the first one and takes back what it had done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.world import World


def test_a_paid_and_labelled_one_gets_everything_back(world: World) -> None:
    rx = world.a_prescription(at="shipped", member=a_member()).waits_for("delivery")
    rx.ops_do("cancel", {"reason": "patient_moved"})
    rx.is_undone().tells("payment_refunded").tells("claim_reversed")
    assert rx.exchanged == [("B1", "P"), ("B2", "A")]
    (payment,) = rx.papers["payment"]
    assert (payment["status"], payment["amount"]["amount_minor"]) == ("refunded", 1000)
    intent = world.partners.checkouts(rx.id)[0]["payment_intent"]
    assert len(world.partners.calls("stripe", "/v1/refunds", about=intent)) == 1
    shipment = rx.papers["shipment"][0]
    assert shipment["voided"] is True
    label = shipment["transaction_id"]
    assert len(world.partners.calls("shippo", "/refunds", about=label)) == 1
    mailed = [mail["subject"] for mail in world.partners.mails(rx.message.address)]
    assert len(mailed) >= 4
