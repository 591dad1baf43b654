"""Ops cancel: what was done for the prescription so far is undone, until the carrier has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import problem
from tests.cloud.messages import a_member
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

REASON = {"reason": "patient_moved"}


def undone(world: World, rx: Prescription) -> Prescription:
    """Wait until the cancellation has done its work, and look how it and the way ended."""
    rx.reaches("cancelled").tells("prescription_cancelled")
    until(lambda: len(world.backstage.executions(rx.id)) >= 2, "the cancellation to start")
    until(lambda: not world.backstage.running(rx.id), f"the end of work on {rx.id}")
    ended = {each["status"] for each in world.backstage.executions(rx.id)}
    assert ended <= {"SUCCEEDED", "ABORTED"}
    return rx


def exchanged(world: World, rx: Prescription) -> list[tuple[str, str]]:
    """What was said with the switch: code and answer."""
    (claim,) = world.partners.claims(rx.member)
    return [(said["code"], said["status"]) for said in claim["history"]]


def test_before_anything_was_billed_only_the_wait_ends(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").waits_for("enrollment")
    cancelled = rx.ops_do("cancel", REASON)
    assert cancelled["status"] == "cancelled"
    undone(world, rx)
    assert rx.shown["hold_reason"] == "patient_moved"
    assert not {"claim_reversed", "payment_refunded"} & set(rx.history)


def test_a_billed_claim_is_reversed_and_the_checkout_closed(world: World) -> None:
    member = a_member()
    rx = world.a_prescription(at="awaiting_payment", member=member).waits_for("payment")
    rx.ops_do("cancel", REASON)
    undone(world, rx).tells("claim_reversed")
    assert exchanged(world, rx) == [("B1", "P"), ("B2", "A")]
    assert world.partners.claims(member)[0]["paid"] is None
    assert [each["status"] for each in world.partners.checkouts(rx.id)] == ["expired"]
    assert rx.papers["claim"][0]["status"] == "reversed"
    assert "payment_refunded" not in rx.history


def test_a_paid_and_labelled_one_gets_everything_back(world: World) -> None:
    rx = world.a_prescription(at="shipped", member=a_member()).waits_for("delivery")
    rx.ops_do("cancel", REASON)
    undone(world, rx).tells("payment_refunded").tells("claim_reversed")
    assert exchanged(world, rx) == [("B1", "P"), ("B2", "A")]
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


def test_cancelling_twice_changes_nothing_the_second_time(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment", member=a_member())
    rx.ops_do("cancel", REASON)
    undone(world, rx)
    again = rx.ops_do("cancel", {"reason": "changed_my_mind"})
    assert (again["status"], rx.shown["hold_reason"]) == ("cancelled", "patient_moved")
    rx.tells_once("prescription_cancelled")
    assert exchanged(world, rx) == [("B1", "P"), ("B2", "A")]


def test_after_the_first_scan_it_is_too_late(world: World) -> None:
    rx = world.a_prescription(at="shipped", member=a_member()).waits_for("delivery")
    rx.scanned("TRANSIT").reaches("in_transit")
    answer = world.door.act(f"{rx.path}/cancel", REASON, tag=rx.tag)
    assert problem(answer)[0] == 409
    assert exchanged(world, rx) == [("B1", "P")]
    rx.scanned("DELIVERED").reaches("completed")
