"""The machine's waits: what ends them, what does not, and what happens when nobody comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local import cli
from tests.cloud.messages import a_member
from tests.cloud.waiting import until

if TYPE_CHECKING:
    import pytest

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


def advance(world: World, by: str) -> None:
    data = str(world.cloud.place.data)
    assert cli.main(["--data", data, "clock", "advance", by]) == 0


def token(rx: Prescription) -> str:
    return str(rx.stored["wait"]["token"])


def test_an_invitation_nobody_answers_expires_and_can_be_taken_up_again(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment").waits_for("enrollment")
    advance(world, "6d")
    assert f"{rx.id}  enrollment has " in capsys.readouterr().out
    assert rx.status == "awaiting_enrollment"
    advance(world, "1d1h")
    assert f"{rx.id}  enrollment expired" in capsys.readouterr().out
    rx.reaches("enrollment_expired").tells("enrollment_expired")
    assert rx.shown["hold_reason"] == "enrollment_expired"
    rx.ops_do("release", {"note": "The patient called."})
    rx.reaches("validated").waits_for("enrollment")
    world.backstage.expire_pause(rx.id)
    rx.invite()
    rx.enroll().reaches("awaiting_pharmacy_selection")
    assert rx.shown["run"] == 2


def test_a_payment_nobody_makes_expires_and_a_new_link_bills_it_again(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment", member=a_member()).waits_for("payment")
    advance(world, "8d")
    rx.reaches("payment_expired").tells("wait_expired").tells("claim_reversed")
    answer = world.door.act("/api/payments/create-link", {"prescription_id": rx.id})
    assert (answer.status_code, answer.json()["is_billed_again"]) == (201, True)
    rx.reaches("awaiting_payment").waits_for("payment").pay().reaches("shipped")
    rx.tells("shipping_label_generated").tells_once("payment_successful")
    (claim,) = world.partners.claims(rx.member)
    assert [said["code"] for said in claim["history"]] == ["B1", "B2", "B1"]


def test_money_that_comes_after_the_wait_goes_back(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment").waits_for("payment")
    checkout = rx.checkout
    advance(world, "8d")
    rx.reaches("payment_expired")
    world.partners.pay(checkout)
    rx.tells("payment_refunded")
    assert rx.status == "payment_expired"
    assert [each["status"] for each in rx.papers["payment"]] == ["refunded"]


def test_a_selection_nobody_makes_rests_until_it_is_routed_again(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection").waits_for("selection")
    advance(world, "15d")
    rx.reaches("no_pharmacy")
    rx.ops_do("release", {"note": "Somebody is back from holiday."})
    rx.select().reaches("awaiting_payment")


def test_an_event_of_an_earlier_wait_answers_nothing(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection").waits_for("selection")
    enrolled = world.tap.first(rx.id, "enrollment_completed")
    before = token(rx)
    for _ in range(2):
        world.backstage.publish(enrolled)
    until(lambda: world.backstage.handled("resume", enrolled) == 3, "resume to hear it again")
    assert (rx.status, token(rx)) == ("awaiting_pharmacy_selection", before)
    assert len(world.backstage.running(rx.id)) == 1
    rx.tells_once("enrollment_completed", "pharmacies_recommended")
    rx.select().reaches("awaiting_payment")


def test_a_repeated_start_does_not_begin_a_second_life(world: World) -> None:
    """The bus delivers at least once: a second execution finds the prescription owned."""
    rx = world.a_prescription(at="awaiting_enrollment").waits_for("enrollment")
    owner, before = rx.stored["owner"], token(rx)
    world.backstage.publish(world.tap.first(rx.id, "intake_received"))

    def ended() -> bool:
        every = [each["status"] for each in world.backstage.executions(rx.id)]
        return sorted(every) == ["RUNNING", "SUCCEEDED"]

    until(ended, "the second execution to end")
    assert (rx.stored["owner"], token(rx), rx.stored["run"]) == (owner, before, 1)
    rx.enroll().reaches("awaiting_pharmacy_selection")
