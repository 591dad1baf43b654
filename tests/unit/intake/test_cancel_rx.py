"""CancelRx at both doors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import CancelRxResponse, Error, ScriptMessage
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.fulfillment.status import Status

from tests.builders import published
from tests.unit.intake.conftest import CANCEL_RX, NEW_RX, NPI, SENDER, under_id, without

if TYPE_CHECKING:
    from tests.gateway import Answer
    from tests.unit.intake.conftest import Clinic


OTHER_NPI = "1234567810"


def body_of(answer: Answer) -> object:
    message = ncpdp.parse(answer.body.encode())
    assert isinstance(message, ScriptMessage)
    return message.body


def approved(answer: Answer) -> bool:
    body = body_of(answer)
    assert isinstance(body, CancelRxResponse)
    return body.approved is not None


def test_in_time_it_cancels(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    assert approved(clinic.script(CANCEL_RX))
    order = clinic.stored[0]
    assert (order.status, order.hold_reason) == ("cancelled", "prescriber_cancelled")
    assert published(clinic.orders) == ["intake_received", "prescription_cancelled"]
    assert clinic.orders.events[-1].meta.actor.id == "clinic"
    papers = clinic.orders.documents(order.id, Script)
    assert [paper.message["type"] for paper in papers] == ["NewRx", "CancelRx"]


def test_twice_it_is_answered_alike_and_nothing_new_happens(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    first = clinic.script(CANCEL_RX)
    clinic.clock.advance(timedelta(days=2))
    assert clinic.script(CANCEL_RX).body == first.body
    assert published(clinic.orders) == ["intake_received", "prescription_cancelled"]


def test_after_the_carriers_scan_it_is_denied(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    order = clinic.stored[0]
    clinic.orders.save(order.model_copy(update={"status": Status.IN_TRANSIT}))
    assert not approved(clinic.script(CANCEL_RX))
    answer = clinic.intake(CANCEL_RX)
    assert (answer.status, answer.json["code"]) == (409, "cancel.too_late")
    assert clinic.stored[0].status is Status.IN_TRANSIT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<RelatesToMessageID>EX-1</RelatesToMessageID>", b""),
        (b"<RelatesToMessageID>EX-1<", b"<RelatesToMessageID>EX-99<"),
        (b"<PrescriberOrderNumber>PON-1</PrescriberOrderNumber>", b""),
    ],
)
def test_either_reference_finds_the_prescription(clinic: Clinic, old: bytes, new: bytes) -> None:
    clinic.script(NEW_RX)
    assert old in CANCEL_RX
    assert approved(clinic.script(CANCEL_RX.replace(old, new)))


def test_one_that_refers_to_nothing_is_refused_at_both_doors(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    loose = without("PrescriberOrderNumber", without("RelatesToMessageID", CANCEL_RX))
    error = body_of(clinic.script(loose))
    assert isinstance(error, Error)
    assert (error.code, error.description_codes) == ("900", ("cancel.unknown_prescription",))
    assert clinic.intake(loose).status == 404


@pytest.mark.parametrize("signed_by", [OTHER_NPI, "", "0000000000"])
def test_a_client_of_the_same_clinic_cancels_for_its_own_prescribers_alone(
    clinic: Clinic, signed_by: str
) -> None:
    colleague = Client(
        client_id="colleague",
        name="A colleague's system (synthetic)",
        senders=frozenset({SENDER}),
        prescriber_npis=frozenset({OTHER_NPI}),
    )
    clinic.desk = replace(clinic.desk, clients=MemoryClients([clinic.bound, colleague]))
    clinic.script(NEW_RX)
    theirs = CANCEL_RX.replace(NPI.encode(), signed_by.encode())
    assert theirs != CANCEL_RX
    answer = clinic.intake(theirs, client="colleague")
    assert clinic.stored[0].status is Status.RECEIVED
    assert (answer.status, answer.json["code"]) == (404, "cancel.unknown_prescription")


@pytest.mark.parametrize("taken_by", [NEW_RX, CANCEL_RX])
def test_its_message_id_is_its_own(clinic: Clinic, taken_by: bytes) -> None:
    clinic.script(NEW_RX)
    clinic.script(under_id("EX-7", taken_by))
    other = under_id("EX-7", CANCEL_RX).replace(b"bedtime", b"noon")
    error = body_of(clinic.script(other))
    assert isinstance(error, Error)
    assert error.description_codes == ("message.id_reused",)


def test_no_new_rx_comes_under_the_id_of_a_cancellation(clinic: Clinic) -> None:
    clinic.script(NEW_RX)
    clinic.script(under_id("EX-7", CANCEL_RX))
    error = body_of(clinic.script(under_id("EX-7", NEW_RX)))
    assert isinstance(error, Error)
    assert error.description_codes == ("message.id_reused",)
    assert len(clinic.stored) == 1


def test_at_the_intake_door_it_answers_with_the_prescription(clinic: Clinic) -> None:
    name = clinic.intake(NEW_RX).json["id"]
    answer = clinic.intake(CANCEL_RX)
    assert (answer.status, answer.json["id"], answer.json["status"]) == (202, name, "cancelled")
