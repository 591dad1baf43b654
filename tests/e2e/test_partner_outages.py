"""Partners that are down for so long that a stage gives up: recorded, redriven, nothing twice.

The retries of a stage take a quarter of a minute, so all accidents of this file happen at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cloud.messages import a_member
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

ROUTED, BILLED = "awaiting_pharmacy_selection", "awaiting_payment"
TIMED_OUT_S = 16
"""One second more than the payer is given."""


@dataclass(frozen=True)
class Outages:
    """One prescription per accident, each by the time the partners are well again."""

    late: Prescription
    unshipped: Prescription
    unreversed: Prescription
    given_up: Prescription


@pytest.fixture(scope="module")
def outages(shared_world: World) -> Iterator[Outages]:
    world = shared_world
    made = Outages(
        late=world.a_prescription(at=ROUTED, member=a_member()),
        unshipped=world.a_prescription(at=BILLED, member=a_member()),
        unreversed=world.a_prescription(at=BILLED, member=a_member()),
        given_up=world.a_prescription(at=ROUTED, member=a_member()),
    )
    world.made.clear()  # they live as long as this file
    with world.partners.failing("shippo", method="POST"):
        made.unshipped.pay()
        lost = {"kind": "timeout", "when": "after", "times": 1, "delay_s": TIMED_OUT_S}
        with world.partners.failing("payer", **lost):
            made.late.select().reaches(BILLED)
        made.unshipped.reaches("failed")
    with world.partners.failing("payer"):
        made.unreversed.ops_do("cancel")
        made.given_up.select().reaches("failed")
        until(lambda: made.unreversed.stored.get("failure_step"), "the reversal to give up")
    yield made
    for rx in vars(made).values():
        world.backstage.retire(rx.id)


def statuses_of_checkouts(world: World, rx: Prescription) -> list[str]:
    return [checkout["status"] for checkout in world.partners.checkouts(rx.id)]


def failure_of(rx: Prescription) -> tuple[str, str, str]:
    (failure,) = rx.papers["failure"]
    return failure["step"], failure["machine"], failure["status"]


def test_a_payer_that_times_out_once_is_asked_again_and_bills_once(
    world: World, outages: Outages
) -> None:
    """The claim was paid and its answer lost: the repetition is answered as a duplicate."""
    rx = outages.late
    assert rx.exchanged == [("B1", "P"), ("B1", "D")]
    first, second = (said["request"] for said in world.partners.claims(rx.member)[0]["history"])
    assert first == second
    assert rx.papers["claim"][0]["status"] == "paid"
    assert "failure" not in rx.papers
    assert rx.shown["run"] == 1


def test_a_parcel_that_could_not_be_labelled_is_shipped_by_the_redrive(
    world: World, outages: Outages
) -> None:
    rx = outages.unshipped
    assert failure_of(rx) == ("Ship", "fulfillment", "dispensed")
    assert world.partners.parcels(rx.id) == []
    rx.ops_do("redrive")
    rx.reaches("shipped").waits_for("delivery")
    assert len(world.partners.parcels(rx.id)) == 1
    rx.tells("shipping_label_generated").tells_once("payment_successful")
    rx.scanned("DELIVERED").reaches("completed")


def test_a_reversal_that_gave_up_is_redriven_and_leaves_the_prescription_cancelled(
    world: World, outages: Outages
) -> None:
    rx = outages.unreversed
    assert failure_of(rx) == ("ReverseClaim", "cancellation", "cancelled")
    assert rx.exchanged == [("B1", "P")]
    rx.ops_do("redrive")
    rx.tells("claim_reversed")
    assert rx.exchanged == [("B1", "P"), ("B2", "A")]
    assert (rx.status, rx.shown["failure_step"]) == ("cancelled", None)
    until(lambda: statuses_of_checkouts(world, rx) == ["expired"], "its checkout to be closed")


def test_a_failed_one_can_be_cancelled(world: World, outages: Outages) -> None:
    """Its execution has ended long ago, and stopping it once more is no error."""
    rx = outages.given_up
    rx.ops_do("cancel")
    rx.reaches("cancelled").tells("prescription_cancelled")
    until(lambda: len(world.backstage.executions(rx.id)) == 2, "the cancellation to start")
    until(lambda: not world.backstage.running(rx.id), f"the end of work on {rx.id}")
    ended = sorted(each["status"] for each in world.backstage.executions(rx.id))
    assert ended == ["FAILED", "SUCCEEDED"]
    assert failure_of(rx)[0] == "Adjudicate"
