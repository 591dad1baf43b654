"""What validation holds, and who may let it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import PRESCRIPTIONS, problem
from tests.cloud.messages import Message, a_new_rx, spoken

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

NOTE = {"note": "Called the clinic, who confirmed it."}


def held(world: World, message: Message) -> Prescription:
    """Accepted with 010 like any other, and then held."""
    answer = world.door.send(message.raw)
    assert spoken(answer).body.code == "010"
    rx = world.known(answer.headers["location"].rpartition("/")[2], message)
    return rx.reaches("validation_issue").tells("validation_failed")


def codes(rx: Prescription) -> set[str]:
    return {finding["code"] for finding in rx.papers["validation"][0]["findings"]}


def test_a_bad_npi_is_accepted_held_and_released_by_ops(world: World) -> None:
    rx = held(world, a_new_rx().but("1234567802", "1234567803"))
    assert "npi.check_digit" in codes(rx)
    waiting = world.ops.read(PRESCRIPTIONS, status="validation_issue", q=rx.message.mark)
    assert [row["hold_reason"] for row in waiting["items"]] == ["npi.check_digit"]
    rx.ops_do("release", NOTE)
    rx.waits_for("enrollment").tells("prescription_validated")
    assert rx.shown["hold_reason"] is None
    assert rx.papers["validation"][0]["overrides"][0]["codes"] == ["npi.check_digit"]


def test_a_clinical_finding_is_for_a_pharmacist(world: World) -> None:
    rx = held(world, a_new_rx().but("AP1357929", "AP1357920"))
    path, tag = f"{rx.path}/release", rx.tag
    refusal = problem(world.door.act(path, NOTE, tag=tag))
    assert refusal == (403, "release.needs_pharmacist")
    assert rx.status == "validation_issue"
    assert world.door.act(path, NOTE, tag=tag, role="pharmacist").status_code == 202
    rx.reaches("validated")


def test_what_cannot_be_billed_nobody_releases(world: World) -> None:
    rx = held(world, a_new_rx().without("DaysSupply"))
    for role in ("ops", "pharmacist"):
        answer = world.door.act(f"{rx.path}/release", NOTE, tag=rx.tag, role=role)
        assert problem(answer) == (409, "release.needs_prescriber")
    assert rx.status == "validation_issue"


def test_an_unknown_product_is_named_by_the_pharmacist(world: World) -> None:
    rx = held(world, a_new_rx().but("00071015623", "99999999999"))
    path, tag = f"{rx.path}/release", rx.tag
    answer = world.door.act(path, NOTE, tag=tag, role="pharmacist")
    assert problem(answer) == (422, "release.product_required")
    named = {**NOTE, "ndc": "00071015623"}
    assert world.door.act(path, named, tag=tag, role="pharmacist").status_code == 202
    assert rx.reaches("validated").papers["validation"][0]["ndc"] == "00071015623"


def test_a_release_needs_a_reason(world: World) -> None:
    rx = held(world, a_new_rx().but("1234567802", "1234567803"))
    answer = world.door.act(f"{rx.path}/release", {"note": "x"}, tag=rx.tag)
    assert problem(answer)[0] == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/note"]
