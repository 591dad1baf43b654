"""An approved renewal becomes a prescription of its own, linked to the old one."""

from __future__ import annotations

import base64
from typing import Any

import ncpdp
import pytest
from ncpdp.script import Error, NewRx, ScriptMessage, renewal_request, renewal_response
from ncpdp.script import Status as Acceptance
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.correspondence.changing import Bench, carry_out
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.writing import original_of
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.status import Status

from tests.builders import published
from tests.unit.intake.conftest import CANCEL_RX, NEW_RX, Clinic, without
from tests.unit.intake.test_cancel_rx import body_of

AT = "2026-10-15T13:00:00Z"
OPS = Actor(id="usr_ops", role="ops")


class Renewal(Clinic):
    """A delivered prescription whose renewal was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.script(NEW_RX)
        order = self.stored[0]
        self.old = order.id
        done = order.model_copy(update={"status": Status.COMPLETED})
        message = renewal_request(
            original_of(order.id, orders=self.orders),
            refills=3,
            last_fill_date="2026-09-15",
            message_id=message_id_of(order.id, "one"),
            sent_time=sent_time(self.clock.now()),
        )
        letter, event = compose(order, message, about="renewal", clock=self.clock, actor=OPS)
        self.orders.save(done, events=[event], documents=[letter])
        self.asked = message

    def answered(self, outcome: Any = "approved", **said: Any) -> str:
        facts: dict[str, Any] = {"message_id": "R-1", "sent_time": AT, **said}
        if outcome == "replace":
            body: Any = self.asked.body
            facts["medication"] = body.dispensed
        answer = renewal_response(self.asked, outcome, **facts)
        assert self.script(ncpdp.write(answer)).status == 200
        return self.carry_out()

    def carry_out(self) -> str:
        bench = Bench(
            orders=self.orders,
            clients=self.clients,
            machine=MemoryMachine(),
            clock=self.clock,
            patient_key="k" * 32,
        )
        return carry_out(self.old, self.asked.header.message_id, bench=bench)


@pytest.fixture
def renewal() -> Renewal:
    return Renewal()


@pytest.mark.parametrize("outcome", ["approved", "approved_with_changes", "replace"])
def test_a_yes_is_a_new_prescription_that_continues_the_old_one(
    renewal: Renewal, outcome: str
) -> None:
    came_to = renewal.answered(outcome)
    fresh, old = renewal.orders.get(came_to), renewal.orders.get(renewal.old)
    assert (fresh.status, fresh.renewal_of) == (Status.RECEIVED, renewal.old)
    assert fresh.patient_id == old.patient_id
    assert fresh.origin.message_id == "R-1"
    assert published(renewal.orders)[-1] == "intake_received"
    message = original_of(came_to, orders=renewal.orders)
    assert isinstance(message.body, NewRx)
    assert message.body.medication is not None
    assert (message.body.medication.written_date or "").startswith("2026-")
    assert message.body.medication.last_fill_date is None
    assert message.body.benefits
    letter = renewal.orders.document(renewal.old, OutgoingLetter, message_of(renewal))
    assert letter is not None
    assert letter.applied == came_to


def message_of(renewal: Renewal) -> str:
    return renewal.asked.header.message_id


def test_approved_refills_are_those_that_were_asked_for(renewal: Renewal) -> None:
    message = original_of(renewal.answered(), orders=renewal.orders)
    assert isinstance(message.body, NewRx)
    assert message.body.medication is not None
    assert message.body.medication.number_of_refills == "3"


def test_carried_out_twice_it_is_one_prescription(renewal: Renewal) -> None:
    first = renewal.answered()
    letter = renewal.orders.document(renewal.old, OutgoingLetter, message_of(renewal))
    assert letter is not None
    renewal.orders.put_document(renewal.old, letter.model_copy(update={"applied": None}))
    assert renewal.carry_out() == first
    assert len(renewal.stored) == 2


@pytest.mark.parametrize("outcome", ["denied", "denied_new_to_follow"])
def test_a_no_makes_nothing(renewal: Renewal, outcome: str) -> None:
    assert renewal.answered(outcome) == "noted"
    assert len(renewal.stored) == 1


def test_the_new_one_is_cancelled_by_the_answers_own_id(renewal: Renewal) -> None:
    fresh = renewal.answered()
    cancel = CANCEL_RX.replace(b"<RelatesToMessageID>EX-1<", b"<RelatesToMessageID>R-1<")
    assert cancel != CANCEL_RX
    renewal.script(cancel)
    assert renewal.orders.get(fresh).status is Status.CANCELLED
    assert renewal.orders.get(renewal.old).status is Status.COMPLETED


def test_a_cancellation_that_overtakes_it_is_carried_out(renewal: Renewal) -> None:
    cancel = without("PrescriberOrderNumber", CANCEL_RX).replace(b">EX-1<", b">R-1<")
    accepted = body_of(renewal.script(cancel))
    assert isinstance(accepted, Acceptance)
    assert accepted.code == "010"
    fresh = renewal.orders.get(renewal.answered())
    assert (fresh.status, fresh.hold_reason) == (Status.CANCELLED, "prescriber_cancelled")
    (said,) = renewal.orders.documents(fresh.id, OutgoingLetter)
    assert (said.message_type, said.about) == ("CancelRxResponse", "approved")
    assert renewal.orders.get(renewal.old).status is Status.COMPLETED


def test_an_answer_under_a_prescriptions_id_is_refused(renewal: Renewal) -> None:
    answer = renewal_response(renewal.asked, "approved", message_id="EX-1", sent_time=AT)
    refused = body_of(renewal.script(ncpdp.write(answer)))
    assert isinstance(refused, Error)
    assert refused.description_codes == ("message.id_reused",)
    letter = renewal.orders.document(renewal.old, OutgoingLetter, message_of(renewal))
    assert letter is not None
    assert letter.answered_at is None


def test_its_bytes_are_those_of_the_answer(renewal: Renewal) -> None:
    script = renewal.orders.document(renewal.answered(), Script)
    assert script is not None
    kept = ncpdp.parse(base64.b64decode(script.raw_base64))
    assert isinstance(kept, ScriptMessage)
    assert kept.type == "RxRenewalResponse"
