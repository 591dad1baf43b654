"""Ops choose the pharmacy: one choice, upon what they saw, from the ranking or with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.cloud.door import problem

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

STATE = "awaiting_pharmacy_selection"


def ranking(rx: Prescription) -> list[str]:
    return [each["pharmacy_id"] for each in rx.papers["ranking"][-1]["candidates"]]


def test_of_two_who_click_at_once_one_wins(world: World) -> None:
    rx = world.a_prescription(at=STATE).waits_for("selection")
    (first, second, *_), tag = ranking(rx), rx.tag
    choices = [("ops", first), ("pharmacist", second)]
    for role, _ in choices:
        world.door.token(role)

    def click(choice: tuple[str, str]) -> tuple[int, str]:
        role, pharmacy = choice
        body = {"pharmacy_id": pharmacy}
        answer = world.door.act(f"{rx.path}/pharmacy", body, tag=tag, role=role)
        return answer.status_code, pharmacy

    with ThreadPoolExecutor(2) as pool:
        clicked = sorted(pool.map(click, choices))
    assert [status for status, _ in clicked] == [202, 412]
    assert rx.reaches("awaiting_payment").stored["pharmacy_id"] == clicked[0][1]
    rx.tells("claim_adjudicated").tells_once("pharmacy_selected")


def test_a_second_choice_comes_too_late(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    first, second = ranking(rx)[:2]
    tag = rx.tag
    rx.select()
    late = world.door.act(f"{rx.path}/pharmacy", {"pharmacy_id": second}, tag=tag)
    assert problem(late) == (412, "request.precondition_failed")
    rx.reaches("awaiting_payment")
    again = world.door.act(f"{rx.path}/pharmacy", {"pharmacy_id": second}, tag=rx.tag)
    assert problem(again)[0] == 409
    assert rx.stored["pharmacy_id"] == first


def test_a_pharmacy_outside_the_ranking_needs_a_reason(world: World) -> None:
    rx = world.a_prescription(at=STATE)
    path, tag = f"{rx.path}/pharmacy", rx.tag
    unknown = world.door.act(path, {"pharmacy_id": "ph_0000000"}, tag=tag)
    assert problem(unknown) == (422, "override.incomplete")
    words = {"override_reason": "patient_choice", "override_note": "Lives next door."}
    unknown = world.door.act(path, {"pharmacy_id": "ph_0000000", **words}, tag=tag)
    assert problem(unknown) == (422, "pharmacy.unknown")
    assert rx.status == STATE


def test_choosing_is_not_possible_before_there_is_a_ranking(world: World) -> None:
    rx = world.a_prescription(at="validated")
    answer = world.door.act(f"{rx.path}/pharmacy", {"pharmacy_id": "ph_2109886"}, tag=rx.tag)
    assert problem(answer)[0] == 409
