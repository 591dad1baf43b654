"""A CancelRx that comes before its NewRx waits for it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta

import ncpdp
import pytest
from ncpdp.script import CancelRxResponse, ScriptMessage, Status
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.fulfillment.intake.parking import PARKED_MAX

from tests.builders import published
from tests.unit.intake.conftest import CANCEL_RX, NEW_RX, SENDER, Clinic, under_id, without
from tests.unit.intake.test_cancel_rx import body_of

OTHER_NPI = "1234567810"


def letters(clinic: Clinic) -> list[ScriptMessage]:
    order = clinic.stored[0]
    found = []
    for letter in clinic.orders.documents(order.id, OutgoingLetter):
        message = ncpdp.parse(base64.b64decode(letter.raw_base64))
        assert isinstance(message, ScriptMessage)
        found.append(message)
    return found


def test_it_is_accepted_and_carried_out_when_the_prescription_comes(clinic: Clinic) -> None:
    status = body_of(clinic.script(CANCEL_RX))
    assert isinstance(status, Status)
    assert status.code == "010"
    assert clinic.stored == []
    accepted = body_of(clinic.script(NEW_RX))
    assert isinstance(accepted, Status)
    (order,) = clinic.stored
    assert (order.status, order.hold_reason) == ("cancelled", "prescriber_cancelled")
    assert published(clinic.orders) == [
        *("intake_received", "prescription_cancelled", "prescriber_message_required")
    ]
    papers = clinic.orders.documents(order.id, Script)
    assert [paper.message["type"] for paper in papers] == ["NewRx", "CancelRx"]


def test_the_outcome_goes_to_the_prescriber_as_the_answer_to_the_cancellation(
    clinic: Clinic,
) -> None:
    clinic.script(CANCEL_RX)
    clinic.script(NEW_RX)
    (said,) = letters(clinic)
    assert isinstance(said.body, CancelRxResponse)
    assert said.body.approved is not None
    cancellation = ncpdp.parse(CANCEL_RX)
    assert isinstance(cancellation, ScriptMessage)
    assert said.header.relates_to_message_id == cancellation.header.message_id


@pytest.mark.parametrize("missing", ["PrescriberOrderNumber", "RelatesToMessageID"])
def test_either_reference_is_enough(clinic: Clinic, missing: str) -> None:
    clinic.script(without(missing, CANCEL_RX))
    clinic.script(NEW_RX)
    assert clinic.stored[0].status == "cancelled"


def test_a_message_id_is_no_order_number(clinic: Clinic) -> None:
    by_number = without("RelatesToMessageID", CANCEL_RX)
    clinic.script(by_number.replace(b">PON-1<", b">EX-1<"))
    clinic.script(NEW_RX)
    assert clinic.stored[0].status == "received"


def test_repeats_change_nothing_and_are_answered_alike(clinic: Clinic) -> None:
    first = clinic.script(CANCEL_RX)
    assert clinic.script(CANCEL_RX).body == first.body
    clinic.script(NEW_RX)
    clinic.script(NEW_RX)
    assert clinic.script(CANCEL_RX).body == first.body
    assert published(clinic.orders).count("prescription_cancelled") == 1
    assert len(letters(clinic)) == 1


def test_at_the_intake_door_it_is_parked(clinic: Clinic) -> None:
    answer = clinic.intake(CANCEL_RX)
    assert (answer.status, answer.json["status"], answer.json.get("id")) == (202, "parked", None)


def test_after_a_week_it_is_forgotten(clinic: Clinic) -> None:
    clinic.script(CANCEL_RX)
    clinic.clock.advance(timedelta(days=7))
    clinic.script(NEW_RX)
    assert clinic.stored[0].status == "received"


def test_it_reaches_the_clients_own_prescribers_alone(clinic: Clinic) -> None:
    colleague = Client(
        client_id="colleague",
        name="A colleague's system (synthetic)",
        senders=frozenset({SENDER}),
        prescriber_npis=frozenset({OTHER_NPI}),
    )
    clinic.desk = replace(clinic.desk, clients=MemoryClients([clinic.bound, colleague]))
    clinic.intake(CANCEL_RX.replace(b"1234567802", OTHER_NPI.encode()), client="colleague")
    clinic.script(NEW_RX)
    assert clinic.stored[0].status == "received"


def test_a_prescription_that_arrives_while_it_is_parked_is_found(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The NewRx has looked for what is parked just before it was parked."""
    put = clinic.orders.put_document
    beside = Clinic()
    beside.desk = clinic.desk
    arrived: list[bool] = []

    def between(order_id: str, document: Script) -> Script:
        if order_id.startswith("parked-") and not arrived:
            arrived.append(True)
            beside.script(NEW_RX)
        return put(order_id, document)

    monkeypatch.setattr(clinic.orders, "put_document", between)
    clinic.script(CANCEL_RX)
    assert clinic.stored[0].status == "cancelled"
    assert len(letters(clinic)) == 1


def test_a_sender_parks_so_many_a_day(clinic: Clinic) -> None:
    for number in range(PARKED_MAX):
        clinic.script(under_id(f"C-{number}", CANCEL_RX))
    answer = clinic.intake(under_id("C-last", CANCEL_RX))
    assert (answer.status, answer.json["code"]) == (429, "cancel.too_many_parked")
