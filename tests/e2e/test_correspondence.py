"""What is said to the prescriber, and what the answers do, with the sandbox as their system."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ncpdp.script import CancelRxResponse, Status

from tests.cloud.messages import Message, a_cancel_rx, a_new_rx, spoken
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

NINETY = {"quantity": {"value": "90", "code_list_qualifier": "38", "unit_code": "C48542"}}
QUESTION = {"code": "S", "text": "Which quantity is meant?"}


def letter(world: World, message: Message, type_: str) -> dict[str, Any]:
    """The message of this type that the prescriber got about the prescription."""
    found = until(lambda: world.partners.letters(message.id, type_), f"a {type_}")
    return dict(found[0])


def answered(world: World, rx: Prescription, outcome: str, **order: Any) -> None:
    asked = letter(world, rx.message, order.pop("type", "RxChangeRequest"))
    reply = world.partners.answers(asked["id"], outcome, **order)
    assert (reply["status"], "<Code>010</Code>" in reply["body"]) == (200, True), reply


def without_refills(message: Message) -> Message:
    changed = re.sub(r"(<NumberOfRefills>)\d+<", r"\g<1>0<", message.text)
    assert changed != message.text
    return Message(message.mark, changed)


def test_the_prescriber_hears_that_it_was_dispensed(world: World) -> None:
    rx = world.a_prescription(at="shipped")
    fill = letter(world, rx.message, "RxFill")
    assert "status_dispensed" in fill["form"]
    rx.tells_once("prescription_dispensed")
    until(lambda: rx.papers["letter"][0]["status"] == "acknowledged", "the acknowledgement")


def test_while_the_prescriber_is_down_the_message_waits_and_goes_out_once(world: World) -> None:
    rx = world.a_prescription(at="validated")
    with world.partners.failing("prescriber", status=503, times=2):
        rx.ops_do("change-requests", QUESTION)
        asked = letter(world, rx.message, "RxChangeRequest")
    until(lambda: rx.papers["letter"][0]["status"] == "acknowledged", "the acknowledgement")
    assert (asked["times"], rx.papers["letter"][0]["tries"]) == (1, 2)


def test_an_approved_change_is_validated_anew_and_the_patient_is_not_asked_again(
    world: World,
) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection").waits_for("selection")
    rx.ops_do("change-requests", QUESTION)
    answered(world, rx, "approved_with_changes", medication=NINETY)
    rx.tells("prescription_changed").tells("pharmacies_recommended", times=2)
    rx.reaches("awaiting_pharmacy_selection").waits_for("selection")
    (change,) = rx.papers["change"]
    assert change["after"]["quantity"]["value"] == "90"
    assert change["before"]["quantity"]["value"] != "90"
    assert rx.papers["letter"][0]["applied"] == "changed"


def test_a_no_is_noted_and_everything_goes_on(world: World) -> None:
    rx = world.a_prescription(at="validated").waits_for("enrollment")
    rx.ops_do("change-requests", QUESTION)
    answered(world, rx, "denied", note="As written, please.")
    until(lambda: rx.papers["letter"][0].get("applied") == "noted", "the answer to be noted")
    assert (rx.status, rx.papers["letter"][0]["outcome"]) == ("validated", "denied")


def test_a_cancellation_that_comes_first_is_carried_out(world: World) -> None:
    message = a_new_rx()
    parked = world.door.send(a_cancel_rx(of=message).raw)
    reply = spoken(parked)
    assert isinstance(reply.body, Status)
    assert reply.body.code == "010"
    answer = world.door.send(message.raw, "/api/intake")
    rx = world.known(answer.json()["id"], message).reaches("cancelled")
    rx.is_undone()
    found = until(
        lambda: world.partners.letters(None, "CancelRxResponse", about=rx.id), "an answer"
    )
    assert "approved" in found[0]["form"]


def test_a_renewal_that_is_granted_is_a_prescription_of_its_own(world: World) -> None:
    rx = world.a_prescription(at="completed", message=without_refills(a_new_rx()))
    rx.ops_do("renewal-requests", {"refills": 3})
    answered(world, rx, "approved", type="RxRenewalRequest")

    def renewed() -> str:
        letters = {each["message_type"]: each for each in rx.papers["letter"]}
        return str(letters["RxRenewalRequest"].get("applied") or "")

    fresh = world.known(until(renewed, "the new prescription"), rx.message)
    assert fresh.shown["renewal_of"] == rx.id
    fresh.reaches("validated", "validation_issue")


def test_what_is_returned_ends_and_the_prescriber_is_told_why(world: World) -> None:
    held = a_new_rx().but(">1234567802<", ">1234567890<")
    answer = world.door.send(held.raw, "/api/intake")
    rx = world.known(answer.json()["id"], held).reaches("validation_issue")
    rx.ops_do("return", {"reason": "identifier_wrong", "text": "Your NPI is not valid."})
    rx.reaches("cancelled").is_undone()
    said = letter(world, held, "Error")
    assert (said["form"]["code"], said["form"]["description_codes"]) == (
        "900",
        ["identifier_wrong"],
    )


def test_the_prescribers_own_words_stand_at_the_door(world: World) -> None:
    """In time and by its own message, a CancelRx is answered at once, not by a letter."""
    rx = world.a_prescription(at="validated")
    reply = spoken(world.door.send(a_cancel_rx(of=rx.message).raw))
    assert isinstance(reply.body, CancelRxResponse)
    assert world.partners.letters(None, "CancelRxResponse", about=rx.id) == []
