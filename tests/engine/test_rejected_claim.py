"""A claim that the payer rejects: the machine ends, people look, and may bill again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.finding import found
from tests.cloud.messages import a_member

if TYPE_CHECKING:
    from tests.cloud.world import World


def test_a_rejected_claim_waits_for_people_who_may_bill_it_again(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member("0075"))
    rx.select().reaches("claim_rejected").tells("claim_rejected")
    assert rx.shown["hold_reason"] == "claim.75"
    assert rx.papers["claim"][0]["reject_codes"] == ["75"]
    worklist = found(world, rx.message.mark, status="claim_rejected")
    assert [each["id"] for each in worklist] == [rx.id]
    assert world.backstage.running(rx.id) == []
    rx.ops_do("release", {"note": "The payer says it has the authorization now."})
    rx.tells("claim_rejected", times=2)
    assert (rx.status, [code for code, _ in rx.exchanged]) == ("claim_rejected", ["B1", "B1"])
