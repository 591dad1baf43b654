"""The payer as a partner: down for a moment, or refusing; and what becomes of the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

STATE = "awaiting_pharmacy_selection"


def billed(world: World, rx: Prescription) -> list[str]:
    """The codes of everything the switch was sent for this prescription, one after the other."""
    (claim,) = world.partners.claims(rx.member)
    return [said["code"] for said in claim["history"]]


def a_routed_one(world: World, ending: str = "") -> Prescription:
    """Of a member of whom the switch knows nothing yet; the ending of the id is its magic."""
    return world.a_prescription(at=STATE, member=a_member(ending))


def test_a_stage_that_raises_twice_works_the_third_time(world: World) -> None:
    rx = a_routed_one(world)
    with world.partners.failing("payer", times=2):
        rx.select().reaches("awaiting_payment")
    calls = world.partners.calls("payer", "/claims", about=rx.member)
    asked = [call for call in calls if "D0B1" in call["request"]]
    assert [call["fault"] for call in asked] == ["error", "error", None]
    assert billed(world, rx) == ["B1"]
    assert "failure" not in rx.papers
    assert rx.shown["run"] == 1


def test_a_switch_that_is_down_for_a_moment_is_asked_again(world: World) -> None:
    rx = a_routed_one(world, "0092").select().reaches("awaiting_payment")
    assert billed(world, rx) == ["B1", "B1"]


@pytest.mark.parametrize("code", ["70", "79"])
def test_every_refusal_keeps_the_payers_reason(world: World, code: str) -> None:
    rx = a_routed_one(world, f"00{code}").select().reaches("claim_rejected")
    assert rx.shown["hold_reason"] == f"claim.{code}"
    rx.ops_do("cancel")
    rx.tells("prescription_cancelled")
    assert "claim_reversed" not in rx.history


def test_the_claims_bytes_can_be_read_and_reading_is_noted(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    (claim,) = world.ops.read(f"{rx.path}/documents/claim")["documents"]
    assert [said["code"] for said in claim["exchanges"]] == ["B1"]
    entries = world.ops.read(f"{rx.path}/timeline")["entries"]
    read = [entry["act"] for entry in entries if entry["act"]["action"] == "document_read"]
    assert [(act["actor"]["role"], act["detail"]["kind"]) for act in read] == [("ops", "claim")]
