"""The invitation: for one use, for half an hour, for one birth date, and never for a GET."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from local.client import Refused
from local.demo.patient import DATE_OF_BIRTH
from tests.cloud.door import problem
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

OPEN, SESSION = "/api/v1/portal/open", "/api/v1/portal/enrollment"
WRONG = "1980-01-01"


def opened(
    world: World, link: str, *, born: str = DATE_OF_BIRTH, path: str = OPEN
) -> tuple[int, str]:
    """What the portal answers to this link and date of birth: status and code."""
    body = {"token": link.rpartition("#t=")[2], "date_of_birth": born}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = world.door.ask("POST", path, headers=headers, json=body)
    return (answer.status_code, "") if answer.is_success else problem(answer)


def pages(world: World, session: str) -> Any:
    cookie = {"Cookie": f"__Host-session={session}"}
    return world.door.ask("GET", SESSION, headers=cookie)


def test_a_link_opens_once(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    assert opened(world, rx.link) == (200, "")
    assert opened(world, rx.link) == (410, "link.used")


def test_an_expired_link_is_gone_and_can_be_renewed(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    world.backstage.expire_link(rx.link)
    assert opened(world, rx.link) == (410, "link.expired")
    assert opened(world, rx.link, path="/api/v1/portal/link") == (429, "link.too_soon")
    world.backstage.expire_pause(rx.id)
    assert opened(world, rx.link, path="/api/v1/portal/link") == (202, "")
    assert opened(world, rx.mailed_link()) == (200, "")


def test_a_token_nobody_was_given_is_answered_like_an_expired_one(world: World) -> None:
    assert opened(world, f"#t={'A' * 43}") == (410, "link.expired")


def test_five_wrong_birth_dates_kill_the_link_and_ops_sees_it(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    for _ in range(4):
        assert opened(world, rx.link, born=WRONG) == (422, "link.birth_date")
    assert opened(world, rx.link, born=WRONG) == (410, "link.locked")
    assert opened(world, rx.link) == (410, "link.locked")
    assert rx.papers["enrollment"][0]["locked"] is True
    world.backstage.expire_pause(rx.id)
    assert opened(world, rx.invite()) == (200, "")
    assert rx.papers["enrollment"][0]["locked"] is False


def test_a_new_link_kills_the_old_one(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    old = rx.link
    too_soon = world.door.act("/api/enrollment/start", {"prescription_id": rx.id})
    assert problem(too_soon) == (429, "link.too_soon")
    assert int(too_soon.headers["retry-after"]) > 0
    world.backstage.expire_pause(rx.id)
    new = rx.invite()
    assert opened(world, old) == (410, "link.replaced")
    assert opened(world, new) == (200, "")


def test_looking_at_a_link_does_not_spend_it(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    token = rx.link.rpartition("#t=")[2]
    for path in (f"{OPEN}?token={token}", f"{OPEN}/{token}"):
        assert world.door.ask("GET", path).status_code in {404, 405}
    assert opened(world, rx.link) == (200, "")


def test_a_session_ends_and_a_cancelled_prescription_opens_no_more(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    other = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    session = rx.patient.session
    assert pages(world, session).status_code == 200
    world.backstage.expire_session(session)
    assert problem(pages(world, session))[0] == 401
    other.ops_do("cancel")
    assert opened(world, other.link) == (410, "link.revoked")


def test_the_answers_are_shown_after_the_code_from_the_sms(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    rx.patient.fill_in()
    with pytest.raises(Refused) as refused:
        rx.patient.check_answers()
    assert (refused.value.status, refused.value.problem["code"]) == (403, "code.required")
    assert rx.prove() == "sms"
    assert rx.patient.check_answers()["insurance"]["member_id"] == rx.member


def test_what_was_signed_can_be_read_as_a_pdf_by_the_patient_and_by_ops(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    rx.patient.fill_in()
    rx.patient.submit()
    until(lambda: "signed_record" in rx.papers, "the signed record")
    until(lambda: "eligibility" in rx.papers, "what the payer says")
    assert [each["status"] for each in rx.papers["eligibility"]] == ["active"]
    rx.prove()
    for link in (
        rx.patient.send("GET", "enrollment/record").json(),
        world.ops.read(f"{rx.path}/consent-record"),
    ):
        pdf = httpx.get(link["url"], trust_env=False)
        assert pdf.content.startswith(b"%PDF-")
        assert pdf.headers["content-disposition"].startswith("attachment")
        assert hashlib.sha256(pdf.content).hexdigest() == link["sha256"]


def test_nothing_is_submitted_before_every_page_is_saved(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    with pytest.raises(Refused) as refused:
        rx.patient.submit()
    assert (refused.value.status, refused.value.problem["code"]) == (422, "enrollment.incomplete")
    missing = {error["pointer"] for error in refused.value.problem["errors"]}
    assert missing == {"/insurance", "/delivery", "/consent"}
    rx.patient.fill_in()
    rx.patient.submit()
    rx.patient.submit()
    rx.reaches("awaiting_pharmacy_selection").tells("enrollment_completed")
    rx.tells_once("enrollment_completed")
