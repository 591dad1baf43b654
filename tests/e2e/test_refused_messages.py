"""Readable messages that break a rule: Error 900 on the script door, a problem at intake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import CancelRxResponse, Error, Status

from tests.cloud.door import INTAKE, JSON, PRESCRIPTIONS, problem
from tests.cloud.messages import Message, a_cancel_rx, a_new_rx, spoken

if TYPE_CHECKING:
    from tests.cloud.world import World


def refused_by_both(world: World, message: Message) -> tuple[str, tuple[int, str]]:
    """The Error's description code at the script door, and the problem at intake."""
    answer = world.door.send(message.raw)
    error = spoken(answer)
    assert isinstance(error.body, Error), answer.text
    assert (answer.status_code, error.body.code) == (200, "900")
    assert error.header.relates_to_message_id == message.id
    assert "location" not in answer.headers
    return error.body.description_codes[0], problem(world.door.send(message.raw, INTAKE))


def nothing_came_of(world: World, message: Message) -> bool:
    newest = world.ops.read(PRESCRIPTIONS, limit="100")["items"]
    return not any(message.mark in row["patient_name"] for row in newest)


def test_a_wrong_version_is_refused(world: World) -> None:
    message = a_new_rx().but("20170715", "20990101")
    code = "version.unsupported"
    assert refused_by_both(world, message) == (code, (422, code))
    assert nothing_came_of(world, message)


@pytest.mark.parametrize("element", ["Sig", "Patient", "Prescriber", "Quantity"])
def test_a_missing_element_is_refused(world: World, element: str) -> None:
    message = a_new_rx().without(element)
    code, (status, at_intake) = refused_by_both(world, message)
    assert (code, status) == (at_intake, 422)
    assert nothing_came_of(world, message)


def test_what_is_missing_is_named(world: World) -> None:
    answer = world.door.send(a_new_rx().without("Sig").raw, INTAKE)
    assert any("Sig" in error["pointer"] for error in answer.json()["errors"])


def test_a_message_of_another_type_is_refused(world: World) -> None:
    message = a_new_rx("rxfill")
    code, (status, at_intake) = refused_by_both(world, message)
    assert (code, status) == (at_intake, 422)


def test_a_cancel_rx_that_refers_to_nothing_is_refused(world: World) -> None:
    message = a_cancel_rx(of=a_new_rx()).without("RelatesToMessageID")
    message = message.without("PrescriberOrderNumber")
    assert refused_by_both(world, message) == (
        "cancel.unknown_prescription",
        (404, "cancel.unknown_prescription"),
    )


def test_a_cancel_rx_cancels_and_says_so_every_time(world: World) -> None:
    rx = world.a_prescription(at="validated")
    cancel = a_cancel_rx(of=rx.message)
    first, again = world.door.send(cancel.raw), world.door.send(cancel.raw)
    reply = spoken(first)
    assert isinstance(reply.body, CancelRxResponse)
    assert (first.status_code, reply.body.denied) == (200, None)
    assert reply.body.approved is not None
    assert first.content == again.content
    assert first.headers["location"].endswith(rx.path)
    rx.reaches("cancelled").tells("prescription_cancelled")
    rx.tells_once("prescription_cancelled")


def test_a_cancel_rx_at_intake_names_the_prescription(world: World) -> None:
    rx = world.a_prescription(at="received")
    answer = world.door.send(a_cancel_rx(of=rx.message).raw, INTAKE)
    assert (answer.status_code, answer.json()["id"]) == (202, rx.id)
    assert answer.json()["status"] == "cancelled"
    rx.reaches("cancelled")


def test_a_cancel_rx_after_the_first_scan_is_denied(world: World) -> None:
    rx = world.a_prescription(at="shipped").scanned("TRANSIT").reaches("in_transit")
    cancel = a_cancel_rx(of=rx.message)
    answer = world.door.send(cancel.raw)
    reply = spoken(answer).body
    assert isinstance(reply, CancelRxResponse)
    assert (reply.approved, reply.denied is None) == (None, False)
    assert "location" not in answer.headers
    assert problem(world.door.send(cancel.raw, INTAKE)) == (409, "cancel.too_late")
    assert rx.status == "in_transit"


def test_both_wire_versions_and_json_mean_the_same(world: World) -> None:
    old, new, form = a_new_rx(), a_new_rx(), a_new_rx()
    newer = ncpdp.write(ncpdp.script.convert(ncpdp.parse(new.raw), "2023011"))
    answers = [world.door.send(old.raw), world.door.send(newer)]
    assert [spoken(each).body for each in answers] == [Status(code="010")] * 2
    sent = ncpdp.to_json(ncpdp.parse(form.raw))
    as_json = world.door.ask("POST", INTAKE, role="provider", json=sent)
    assert as_json.status_code == 202
    places = [each.headers["location"] for each in (*answers, as_json)]
    for place, message in zip(places, (old, new, form), strict=True):
        rx = world.known(place.rpartition("/")[2], message).reaches("validated")
        assert (rx.shown["patient_name"], rx.shown["drug"]) == (
            f"Jordan {message.mark}",
            "Lipitor 20 MG Oral Tablet",
        )


def test_bad_json_is_refused_field_by_field(world: World) -> None:
    assert problem(world.door.send(b"{", INTAKE, kind=JSON))[0] == 400
    assert problem(world.door.send(b"[]", INTAKE, kind=JSON))[0] in {400, 422}
    form = a_new_rx().json
    del form["medication"]["sig"]
    answer = world.door.ask("POST", INTAKE, role="provider", json=form)
    assert problem(answer)[0] == 422
    assert answer.json()["errors"]


def test_a_controlled_substance_does_not_come_as_json(world: World) -> None:
    form = a_new_rx("newrx_controlled_civ").json
    answer = world.door.ask("POST", INTAKE, role="provider", json=form)
    assert problem(answer) == (422, "message.controlled_needs_signature")
