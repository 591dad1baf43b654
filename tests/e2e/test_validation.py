"""What validation holds, and who may let it go on."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.cloud.door import problem
from tests.cloud.finding import found
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
    waiting = found(world, rx.message.mark, status="validation_issue")
    assert [row["hold_reason"] for row in waiting] == ["npi.check_digit"]
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


def test_the_same_order_in_another_message_is_held_until_a_pharmacist_answers(world: World) -> None:
    first = a_new_rx()
    before = world.known(
        world.door.send(first.raw).headers["location"].rpartition("/")[2], first
    ).reaches("validated")
    again = first.but(f"<MessageID>{first.id}<", f"<MessageID>{first.id}-2<").but(
        f">{first.element('PrescriberOrderNumber')}<",
        f">{first.element('PrescriberOrderNumber')}-2<",
    )
    rx = held(world, again)
    (finding,) = rx.papers["validation"][0]["findings"]
    assert (finding["code"], finding["related"]) == ("duplicate.same_order", [before.id])
    assert finding["notice"]
    assert problem(world.door.act(f"{rx.path}/release", NOTE, tag=rx.tag))[0] == 403
    assert world.door.act(f"{rx.path}/release", NOTE, tag=rx.tag, role="pharmacist").is_success


def test_a_corrected_identifier_goes_on_with_the_original_beside_it(world: World) -> None:
    rx = held(world, a_new_rx().but("1234567802", "1234567803"))
    change = {"field": "prescriber.npi", "value": "1234567802"}
    rx.ops_do("corrections", {**NOTE, "changes": [change]})
    rx.waits_for("enrollment").tells("prescription_validated")
    (paper,) = rx.papers["correction"]
    assert paper["changes"] == [
        {"field": "prescriber.npi", "before": "1234567803", "after": "1234567802"}
    ]
    assert rx.papers["validation"][0]["findings"] == []


def test_somebody_known_under_a_like_name_is_asked_about_and_never_merged(world: World) -> None:
    born = date(1940, 1, 1) + timedelta(days=secrets.randbelow(20_000))
    message = a_new_rx().but("1979-05-17", born.isoformat())
    other = message.but(f"<MessageID>{message.id}<", f"<MessageID>{message.id}-2<").but(
        f"<LastName>{message.mark}<", f"<LastName>{message.mark}x<"
    )
    numbered = other.but(
        f">{message.element('PrescriberOrderNumber')}<",
        f">{message.element('PrescriberOrderNumber')}-2<",
    )
    for each in (message, numbered):
        answer = world.door.send(each.raw)
        world.known(answer.headers["location"].rpartition("/")[2], each).reaches("validated")
    path = "/api/v1/patients/maybe-the-same"
    (pair,) = [
        pair
        for pair in every(world, path)
        if all(half["last_name"].startswith(message.mark) for half in pair["people"])
    ]
    assert pair["score"] >= 75
    said = {"verdict": "same", "reason": "The same number answers."}
    assert world.door.act(f"{path}/{pair['pair_id']}", said).is_success
    assert pair["pair_id"] not in [each["pair_id"] for each in every(world, path)]


def every(world: World, path: str) -> list[dict[str, Any]]:
    """All entries of a list, page by page."""
    page = world.ops.read(path, limit="100")
    found = list(page["items"])
    while cursor := page.get("next_cursor"):
        page = world.ops.read(path, limit="100", cursor=cursor)
        found += page["items"]
    return found
