"""`POST /api/intake`: XML or JSON in, JSON out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest

from tests.unit.intake.conftest import NEW_RX, SAMPLES, under_id, without

if TYPE_CHECKING:
    from tests.unit.intake.conftest import Clinic

JSON = "application/json"


def as_json(message: bytes = NEW_RX) -> dict[str, Any]:
    return ncpdp.to_json(ncpdp.parse(message))


def test_xml_is_taken_in_and_named(clinic: Clinic) -> None:
    answer = clinic.intake(NEW_RX, media_type="text/xml; charset=utf-8")
    order = clinic.stored[0]
    url = f"/api/v1/prescriptions/{order.id}"
    assert (answer.status, answer.headers["location"]) == (202, url)
    assert answer.json == {"id": order.id, "status": "received", "url": url}


def test_the_json_form_is_the_same_prescription(clinic: Clinic) -> None:
    clinic.intake(NEW_RX)
    clinic.intake(json.dumps(as_json(under_id("EX-2"))), media_type=JSON)
    xml, form = clinic.stored
    assert xml.summary == form.summary
    assert xml.patient_id == form.patient_id
    assert (xml.origin.format, form.origin.format) == ("xml", "json")


def test_the_same_json_in_other_spacing_is_a_replay(clinic: Clinic) -> None:
    first = clinic.intake(json.dumps(as_json()), media_type=JSON)
    second = clinic.intake(json.dumps(as_json(), indent=2, sort_keys=True), media_type=JSON)
    assert (second.status, second.body) == (202, first.body)
    assert len(clinic.stored) == 1


def test_the_same_id_with_another_body_is_a_conflict(clinic: Clinic) -> None:
    clinic.intake(NEW_RX)
    answer = clinic.intake(NEW_RX.replace(b"bedtime", b"noon"))
    assert (answer.status, answer.json["code"]) == (409, "message.id_reused")


def test_a_controlled_substance_needs_the_signature_json_does_not_have(clinic: Clinic) -> None:
    controlled = (SAMPLES / "newrx_controlled_civ.xml").read_bytes()
    answer = clinic.intake(json.dumps(as_json(controlled)), media_type=JSON)
    assert (answer.status, answer.json["code"]) == (422, "message.controlled_needs_signature")
    assert clinic.stored == []


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (without("Sig"), "application/xml", 422, "sig.missing"),
        (NEW_RX.replace(b"20170715", b"1"), "application/xml", 422, "version.unsupported"),
        (b"<!DOCTYPE a><Message/>", "application/xml", 400, "xml.doctype"),
        (b"{", JSON, 400, "request.not_json"),
        (b'{"type": "NewRx"}', JSON, 422, "json.type"),
        (b"[]", JSON, 422, "json.type"),
        (b"", "application/xml", 400, "request.empty"),
        (b"x", "text/plain", 415, "request.unsupported_media_type"),
    ],
)
def test_what_cannot_be_taken_in_gets_a_problem(
    clinic: Clinic, body: bytes, media_type: str, status: int, code: str
) -> None:
    answer = clinic.intake(body, media_type=media_type)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status, answer.json["code"]) == (status, code)


def test_missing_parts_are_pointed_at_without_a_value_of_the_message(clinic: Clinic) -> None:
    form = as_json()
    del form["medication"]["sig"]
    answer = clinic.intake(json.dumps(form), media_type=JSON)
    assert answer.json["errors"][0]["pointer"] == "/medication/sig/text"
    assert "Jordan" not in answer.body


def test_a_problem_does_not_grow_with_what_was_wrong(clinic: Clinic) -> None:
    many = as_json() | {f"unknown_{number}": 1 for number in range(5_000)}
    long = as_json() | {"x" * 100_000: 1}
    for form in (many, long):
        answer = clinic.intake(json.dumps(form), media_type=JSON)
        assert (answer.status, answer.json["code"]) == (422, "json.unknown_field")
        assert len(answer.json["errors"]) <= 50
        assert len(answer.body) < 20_000
