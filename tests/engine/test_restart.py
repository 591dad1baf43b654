"""The engine is killed with executions waiting; started again, everything goes on and finishes."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from local import processes
from local.cloud import bring_up
from tests.cloud.door import INTAKE, PRESCRIPTIONS, problem
from tests.cloud.messages import a_member, a_new_rx
from tests.cloud.processes import group_of, processes_of
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from local.place import Place
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

WAITS = {
    "awaiting_enrollment": "enrollment",
    "awaiting_pharmacy_selection": "selection",
    "awaiting_payment": "payment",
    "shipped": "delivery",
}
ONCE = ("enrollment_completed", "claim_adjudicated", "payment_successful", "delivered")


def kill_engine(place: Place) -> None:
    """What a crash or an impatient developer does."""
    os.kill(group_of(place, "engine"), signal.SIGKILL)
    until(lambda: not processes.running(place, "engine"), "the engine to be dead")


def taken_up(rx: Prescription) -> bool:
    """Whether a new execution waits for what the dead one had waited for."""
    wait = rx.stored.get("wait") or {}
    return (rx.stored["run"], wait.get("run")) == (2, 2)


def test_what_waited_or_worked_when_the_engine_was_killed_goes_on_and_finishes(
    world: World,
) -> None:
    place, old = world.cloud.place, group_of(world.cloud.place, "engine")
    invited, routed, billed, shipped = waiting = [
        world.a_prescription(at=status, member=a_member()).waits_for(wait)
        for status, wait in WAITS.items()
    ]
    slow = {"kind": "timeout", "when": "after", "times": 1, "delay_s": 30}
    with world.partners.failing("payer", **slow):
        routed.select()  # and killed while the payer's answer is awaited
        until(lambda: world.partners.claims(routed.member), "the payer to be asked")
        message = a_new_rx()
        answer = world.door.send(message.raw, INTAKE)
        kill_engine(place)
    assert answer.status_code == 202
    assert problem(world.door.get(PRESCRIPTIONS, "ops")) == (503, "engine.down")

    bring_up(place, port="", say=print)
    assert [each for each in processes_of(place, old) if each.group == old] == []
    for rx in (invited, billed, shipped):
        until(lambda rx=rx: taken_up(rx), f"{rx.id} to be taken up")
    assert [rx.status for rx in (invited, billed, shipped)] == [
        "awaiting_enrollment",
        "awaiting_payment",
        "shipped",
    ]
    fresh = world.known(answer.json()["id"], message).reaches("validated")
    fresh.waits_for("enrollment")
    routed.reaches("awaiting_payment")
    assert routed.exchanged == [("B1", "P"), ("B1", "D")]

    invited.enroll().select()
    for rx in (billed, routed, invited):
        rx.pay()
    for rx in waiting:
        rx.reaches("shipped").scanned("DELIVERED")
    for rx in waiting:
        rx.reaches("completed").tells("prescription_completed").tells_once(*ONCE)
        assert len(world.partners.parcels(rx.id)) == 1
    assert billed.exchanged == [("B1", "P")]
