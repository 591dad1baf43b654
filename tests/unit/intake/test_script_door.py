"""`POST /api/v1/script`: SCRIPT in, SCRIPT out."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import CancelRxResponse, Error, ScriptMessage, Status
from pharmonico.fulfillment.documents import Script
from pharmonico.kit.errors import Unavailable, VersionConflict

from tests.builders import published
from tests.unit.intake.conftest import NEW_RX, SAMPLES, under_id, without

if TYPE_CHECKING:
    from tests.gateway import Answer
    from tests.unit.intake.conftest import Clinic


def spoken(answer: Answer) -> ScriptMessage:
    assert answer.headers["content-type"].startswith("application/xml")
    message = ncpdp.parse(answer.body.encode())
    assert isinstance(message, ScriptMessage)
    return message


def refusal(answer: Answer) -> tuple[int, str | None, str]:
    body = spoken(answer).body
    assert isinstance(body, Error)
    return answer.status, body.code, body.description_codes[0]


def test_a_new_rx_is_accepted_with_status_010_and_named(clinic: Clinic) -> None:
    answer = clinic.script(NEW_RX)
    reply, order = spoken(answer), clinic.stored[0]
    assert answer.status == 200
    assert isinstance(reply.body, Status)
    assert reply.body.code == "010"
    assert reply.header.relates_to_message_id == "EX-1"
    assert (reply.header.to.id, reply.header.from_.id) == ("1000000000001", "2109886")
    assert answer.headers["location"] == f"/api/v1/prescriptions/{order.id}"


def test_what_is_stored_is_the_prescription_its_paper_and_one_event(clinic: Clinic) -> None:
    answer = clinic.script(NEW_RX)
    order = clinic.stored[0]
    assert (order.status, order.summary.patient_name) == ("received", "Jordan Doe")
    assert (order.summary.drug, order.summary.ndc) == ("Lipitor 20 MG Oral Tablet", "00071015623")
    assert (order.origin.client_id, order.origin.message_id) == ("clinic", "EX-1")
    assert order.correlation_id == answer.headers["x-correlation-id"]
    paper = clinic.orders.document(order.id, Script)
    assert paper is not None
    assert base64.b64decode(paper.raw_base64) == NEW_RX
    assert paper.message["type"] == "NewRx"
    assert published(clinic.orders) == ["intake_received"]
    assert "Jordan" not in clinic.orders.events[0].model_dump_json()


def test_the_same_message_again_gets_the_same_bytes_and_nothing_new(clinic: Clinic) -> None:
    first = clinic.script(NEW_RX)
    clinic.clock.advance(timedelta(hours=3))
    second = clinic.script(NEW_RX)
    assert (first.body, first.headers["location"]) == (second.body, second.headers["location"])
    assert len(clinic.stored) == 1
    assert published(clinic.orders) == ["intake_received"]


def test_the_same_id_with_another_body_is_refused(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    answer = clinic.script(NEW_RX.replace(b"bedtime", b"noon"))
    assert refusal(answer) == (200, "900", "message.id_reused")
    assert "location" not in answer.headers
    assert len(clinic.stored) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (without("Sig"), "sig.missing"),
        (without("Patient"), "element.missing"),
        (NEW_RX.replace(b"20170715", b"20110715"), "version.unsupported"),
        ((SAMPLES / "rxfill.xml").read_bytes(), "message.type_unsupported"),
        ((SAMPLES / "rxchangerequest.xml").read_bytes(), "message.type_unsupported"),
        (
            without("RelatesToMessageID", (SAMPLES / "status.xml").read_bytes()),
            "relates_to.missing",
        ),
    ],
)
def test_a_readable_message_we_cannot_take_gets_error_900(
    clinic: Clinic, body: bytes, code: str
) -> None:
    assert refusal(clinic.script(body)) == (200, "900", code)
    assert clinic.stored == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "request.empty"),
        (b"hello", 400, "content.unknown"),
        (b"<Message><Header>", 400, "xml.not_well_formed"),
        (b"<!DOCTYPE Message><Message/>", 400, "xml.doctype"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Message>&a;</Message>', 400, "xml.doctype"),
        (without("MessageID"), 400, "message_id.missing"),
        (NEW_RX + b" " * 1_048_576, 413, "request.too_large"),
    ],
)
def test_bytes_without_a_message_get_an_http_problem(
    clinic: Clinic, body: bytes, status: int, code: str
) -> None:
    answer = clinic.script(body)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status, answer.json["code"]) == (status, code)
    assert clinic.stored == []


def test_json_is_not_taken_at_the_script_door(clinic: Clinic) -> None:
    assert clinic.script(b"{}", media_type="application/json").status == 415


def test_utf_16_arrives_intact(clinic: Clinic) -> None:
    body = NEW_RX.decode().replace("UTF-8", "UTF-16").replace("Jordan", "Jörgen").encode("utf-16")
    assert isinstance(spoken(clinic.script(body)).body, Status)
    order = clinic.stored[0]
    paper = clinic.orders.document(order.id, Script)
    assert order.summary.patient_name == "Jörgen Doe"
    assert paper is not None
    assert base64.b64decode(paper.raw_base64) == body


def test_a_wrong_npi_is_validations_business_not_the_doors(clinic: Clinic) -> None:
    answer = clinic.script(NEW_RX.replace(b"1234567802", b"1234567890"))
    assert isinstance(spoken(answer).body, Status)
    assert clinic.stored[0].summary.prescriber_npi == "1234567890"


@pytest.mark.parametrize(
    ("body", "client", "code"),
    [
        (NEW_RX.replace(b"1234567802", b"1234567893"), "clinic", "prescriber.not_bound"),
        (NEW_RX.replace(b"1000000000001", b"1000000000002"), "clinic", "sender.not_bound"),
        (NEW_RX, "another clinic", "sender.not_bound"),
    ],
)
def test_a_client_speaks_only_for_those_bound_to_it(
    clinic: Clinic, body: bytes, client: str, code: str
) -> None:
    answer = clinic.script(body, client=client)
    assert (answer.status, answer.json["code"]) == (403, code)
    assert clinic.stored == []


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Unavailable("store.silent", "The store does not answer."), 503, "600"),
        (VersionConflict(), 503, "600"),
        (RuntimeError("broken"), 500, "602"),
    ],
)
def test_our_own_trouble_is_said_in_script_too(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, trouble: Exception, status: int, code: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(clinic.orders, "create", fail)
    assert refusal(clinic.script(NEW_RX))[:2] == (status, code)


def test_a_message_no_record_can_hold_is_refused(clinic: Clinic) -> None:
    filler = b"<!--" + b"x" * 300_000 + b"-->"
    answer = clinic.script(NEW_RX.replace(b"<NewRx>", filler + b"<NewRx>"))
    assert refusal(answer) == (200, "900", "message.too_long")


def test_without_a_write_scope_nothing_is_sent(clinic: Clinic) -> None:
    answer = clinic.post("/api/v1/script", NEW_RX, client="")
    assert answer.status == 401


def test_the_patient_is_the_same_in_the_next_message_and_unreadable(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    clinic.script(under_id("EX-2").replace(b"Jordan", b"JORDAN "))
    clinic.script(under_id("EX-3").replace(b"1979-05-17", b"1979-05-18"))
    first, same, other = (order.patient_id for order in clinic.stored)
    assert first == same
    assert first != other
    assert first.startswith("pat_")
    assert len(first) == 30


def test_a_cancellation_response_is_a_message_of_its_own(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    reply = spoken(clinic.script((SAMPLES / "cancelrx.xml").read_bytes()))
    assert isinstance(reply.body, CancelRxResponse)
    assert reply.header.relates_to_message_id == "EX-3"
