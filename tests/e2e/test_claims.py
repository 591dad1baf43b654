"""The claim worklist through its doors: what people do about a refusal, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

STATE = "awaiting_pharmacy_selection"
NOTE = {"note": "called the payer's help desk"}


def refused(world: World, ending: str) -> Prescription:
    """A prescription of a member whose claims the switch refuses."""
    rx = world.a_prescription(at=STATE, member=a_member(ending))
    return rx.select().reaches("claim_rejected")


def work_on(world: World, rx: Prescription, action: str, **said: Any) -> None:
    path = f"/api/v1/claims/{rx.id}"
    tag = world.pharmacist.read_tagged(path)[1]
    world.pharmacist.act(f"{path}/{action}", {**NOTE, **said}, tag=tag)


def test_the_worklist_names_the_reason_and_the_next_step(world: World) -> None:
    rx = refused(world, "0088")
    lines = {each["prescription_id"]: each for each in world.ops.read("/api/v1/claims")["items"]}
    view = world.ops.read(f"/api/v1/claims/{rx.id}")
    assert (lines[rx.id]["code"], lines[rx.id]["next_step"]) == ("88", "pharmacist")
    assert (view["actions"][0], view["claims"][0]["alerts"][0]["reason"]) == ("answer_review", "DD")


def test_a_review_is_answered_and_the_claim_paid(world: World) -> None:
    rx = refused(world, "0088")
    replies = [{"reason": "DD", "service": "M0", "result": "1B"}]
    work_on(world, rx, "review", replies=replies)
    rx.reaches("awaiting_payment").tells("claim_rejected", "claim_review_answered")


def test_an_authorization_that_was_heard_lifts_the_refusal(world: World) -> None:
    rx = refused(world, "0075")
    work_on(world, rx, "authorization", decision="ask")
    assert world.ops.read(f"/api/v1/claims/{rx.id}")["billing"]["authorization"]["number"]
    work_on(world, rx, "authorization", decision="approve", number="12345")
    rx.reaches("awaiting_payment")


def test_cash_is_billed_to_nobody(world: World) -> None:
    rx = refused(world, "0070")
    before = rx.exchanged
    work_on(world, rx, "cash")
    rx.reaches("awaiting_payment")
    assert rx.exchanged == before
    assert rx.papers["claim"][0]["status"] == "cash"


def test_a_copay_card_leaves_nothing_to_pay(world: World) -> None:
    """And a cancellation takes both claims back."""
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    rx.patient.fill_in()
    commercial = {"bin": "004336", "pcn": "ADV", "member_id": a_member(), "relationship": "1"}
    card = {"bin": "019158", "pcn": "CNRX", "member_id": a_member(), "relationship": "1"}
    for page, said in (("insurance", commercial), ("secondary", {"coverage": card})):
        assert rx.patient.send("PUT", f"enrollment/{page}", said).status_code == 200
    rx.patient.submit()
    rx.select().reaches("shipped")
    first, second = rx.papers["claim"]
    assert first["patient_pay"] == second["plan_paid"]
    assert rx.shown["patient_pay"]["amount_minor"] == 0
    rx.ops_do("cancel")
    rx.is_undone().tells("claim_reversed", times=2)
    assert {claim["status"] for claim in rx.papers["claim"]} == {"reversed"}


@pytest.mark.parametrize("role", ["provider"])
def test_nobody_else_sees_the_worklist(world: World, role: str) -> None:
    answer = world.door.ask("GET", "/api/v1/claims", role=role)
    assert answer.status_code == 403
