"""A wait for a person ends by itself when its time is over: the engine's time, not the clock's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cloud.world import World

WAIT_S = 10  # the wait begins with the validation, and that with a cold function


def test_a_token_nobody_answers_times_out_and_the_wait_can_be_taken_up_again(
    world: World,
) -> None:
    with world.backstage.hurried("AwaitEnrollment", timeout_s=WAIT_S):
        rx = world.a_prescription(at="validated").reaches("enrollment_expired")
    rx.tells("enrollment_expired")
    assert rx.shown["hold_reason"] == "enrollment_expired"
    assert world.backstage.running(rx.id) == []
    rx.ops_do("release", {"note": "The patient called."})
    rx.reaches("validated").waits_for("enrollment")
    rx.enroll().reaches("awaiting_pharmacy_selection")
    assert rx.shown["run"] == 2
