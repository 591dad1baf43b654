"""A stage that gives up after its retries leaves a record; a redrive goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import problem
from tests.cloud.finding import found
from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.world import World


def test_a_stage_that_always_raises_is_recorded_and_the_redrive_goes_on_where_it_stopped(
    world: World,
) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member())
    with world.partners.failing("payer"):
        rx.select().reaches("failed").tells("prescription_failed")
    (failure,) = rx.papers["failure"]
    where = (failure["step"], failure["machine"], failure["status"])
    assert where == ("Adjudicate", "fulfillment", "pharmacy_selected")
    assert rx.exchanged == []
    failed = found(world, rx.message.mark, status="failed")
    assert [each["failure_step"] for each in failed] == ["Adjudicate"]
    assert world.backstage.running(rx.id) == []
    rx.ops_do("redrive")
    rx.reaches("awaiting_payment").waits_for("payment")
    assert rx.exchanged == [("B1", "P")]
    assert rx.papers["failure"][0]["redriven_at"]
    assert (rx.shown["failure_step"], rx.shown["run"]) == (None, 2)
    rx.tells_once("pharmacy_selected")
    again = world.door.act(f"{rx.path}/redrive", tag=rx.tag)
    assert problem(again) == (409, "failure.none")
