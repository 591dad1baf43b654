"""Enrollment beside the portal: reminders by the clock, what staff takes back and enters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.demo.patient import CONSENT, DELIVERY, INSURANCE
from tests.cloud.door import problem
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

TOLD: dict[str, Any] = {
    "insurance": INSURANCE,
    "delivery": DELIVERY,
    "consent": {
        "name": CONSENT["signed_name"],
        "signer": "caregiver",
        "relationship": "spouse",
        "treatment": True,
        "privacy": True,
    },
}


def test_who_has_not_answered_for_a_day_gets_one_reminder_whose_link_opens(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    world.backstage.invited_before(rx.id, days=1)
    world.backstage.expire_link(rx.link)
    world.backstage.invoke("enrollment_reminder")
    rx.patient.open(rx.mailed_link())
    world.backstage.invoke("enrollment_reminder")
    rx.tells_once("enrollment_reminder_required")
    assert rx.papers["enrollment"][0]["reminded_day"] == 1


def test_what_staff_takes_back_opens_no_more(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    world.ops.act(f"{rx.path}/enrollment/revoke", {})
    headers = {"Sec-Fetch-Site": "same-origin"}
    proof = {"token": rx.link.rpartition("#t=")[2], "date_of_birth": "1979-05-17"}
    answer = world.door.ask("POST", "/api/v1/portal/open", headers=headers, json=proof)
    assert problem(answer) == (410, "link.revoked")
    assert rx.shown["hold_reason"] == "enrollment.revoked"


def test_what_is_said_on_the_phone_goes_on_and_is_written_down(world: World) -> None:
    rx = world.a_prescription(at="validated")
    world.ops.act(f"{rx.path}/enrollment/by-phone", TOLD)
    rx.reaches("awaiting_pharmacy_selection").tells_once("enrollment_completed")
    until(lambda: "signed_record" in rx.papers, "the record of what was said")
    consent = rx.papers["enrollment"][0]["consent"]
    assert (consent["verbal"], consent["relationship"]) == (True, "spouse")
    assert consent["entered_by"]
    rx.tells_once("enroll_by_phone")
