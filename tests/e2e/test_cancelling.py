"""Ops cancel: what was done for the prescription so far is undone, until the carrier has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import problem
from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.world import World

REASON = {"reason": "patient_moved"}


def test_before_anything_was_billed_only_the_wait_ends(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").waits_for("enrollment")
    cancelled = rx.ops_do("cancel", REASON)
    assert cancelled["status"] == "cancelled"
    rx.is_undone()
    assert rx.shown["hold_reason"] == "patient_moved"
    assert not {"claim_reversed", "payment_refunded"} & set(rx.history)


def test_a_billed_claim_is_reversed_and_the_checkout_closed(world: World) -> None:
    member = a_member()
    rx = world.a_prescription(at="awaiting_payment", member=member).waits_for("payment")
    rx.ops_do("cancel", REASON)
    rx.is_undone().tells("claim_reversed")
    assert rx.exchanged == [("B1", "P"), ("B2", "A")]
    assert [each["status"] for each in world.partners.checkouts(rx.id)] == ["expired"]
    assert rx.papers["claim"][0]["status"] == "reversed"
    assert "payment_refunded" not in rx.history


def test_cancelling_twice_changes_nothing_the_second_time(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment", member=a_member())
    rx.ops_do("cancel", REASON)
    rx.is_undone()
    again = rx.ops_do("cancel", {"reason": "changed_my_mind"})
    assert (again["status"], rx.shown["hold_reason"]) == ("cancelled", "patient_moved")
    rx.tells_once("prescription_cancelled")
    assert rx.exchanged == [("B1", "P"), ("B2", "A")]


def test_after_the_first_scan_it_is_too_late(world: World) -> None:
    rx = world.a_prescription(at="shipped", member=a_member()).waits_for("delivery")
    rx.scanned("TRANSIT").reaches("in_transit")
    answer = world.door.act(f"{rx.path}/cancel", REASON, tag=rx.tag)
    assert problem(answer)[0] == 409
    assert rx.exchanged == [("B1", "P")]
    rx.scanned("DELIVERED").reaches("completed")
