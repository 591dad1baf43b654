"""The prescriber's system: it replies at once, keeps what it got, answers when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import (
    Error,
    RxChangeResponse,
    RxRenewalResponse,
    ScriptMessage,
    Status,
    Verify,
    change_request,
    renewal_request,
)

from local.sandbox.credentials import LOCAL_ONLY
from local.sandbox.prescriber_desk import Desk
from local.sandbox.state import State
from tests.prescribing import SAMPLES

if TYPE_CHECKING:
    from tests.integration.sandbox.conftest import Sandbox

AT = "2026-09-15T12:00:00Z"


def new_rx() -> ScriptMessage:
    message = ncpdp.parse((SAMPLES / "newrx.xml").read_bytes())
    assert isinstance(message, ScriptMessage)
    return message


def a_request(message_id: str = "PH-1") -> bytes:
    asked = change_request(
        new_rx(), "S", reason="Which strength?", message_id=message_id, sent_time=AT
    )
    return ncpdp.write(asked)


def send(sandbox: Sandbox, body: bytes, token: str = "") -> Any:
    bearer = token or LOCAL_ONLY.prescriber_tokens["sandbox"]
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/xml"}
    return sandbox.http.post("/prescriber/script", content=body, headers=headers)


def body_of(raw: bytes) -> Any:
    message = ncpdp.parse(raw)
    assert isinstance(message, ScriptMessage)
    return message.body


def test_what_arrives_is_accepted_and_kept_once(sandbox: Sandbox) -> None:
    for _ in range(2):
        reply = body_of(send(sandbox, a_request()).raise_for_status().content)
        assert isinstance(reply, Status)
        assert reply.code == "010"
    (kept,) = sandbox.items("/prescriber/messages", relates_to="EX-1", type="RxChangeRequest")
    assert (kept["id"], kept["times"]) == ("PH-1", 2)
    assert kept["form"]["change_reason_text"] == "Which strength?"


def test_it_replies_as_ordered_so_many_times(sandbox: Sandbox) -> None:
    sandbox.post("/prescriber/replies", {"reply": "error", "code": "600", "times": 1})
    assert isinstance(body_of(send(sandbox, a_request()).content), Error)
    assert isinstance(body_of(send(sandbox, a_request()).content), Status)
    sandbox.post("/prescriber/replies", {"reply": "verify", "times": 1})
    assert isinstance(body_of(send(sandbox, a_request()).content), Verify)


def test_strangers_and_what_is_no_message_are_turned_away(sandbox: Sandbox) -> None:
    assert send(sandbox, a_request(), token="stranger").status_code == 401
    assert send(sandbox, b"<Message>").status_code == 400
    assert sandbox.items("/prescriber/messages") == []


def test_the_page_offers_every_answer(sandbox: Sandbox) -> None:
    send(sandbox, a_request())
    page = sandbox.http.get("/sandbox/prescriber").text
    for label in ("Approved", "Approved with changes", "Denied", "Validated", "Verify"):
        assert f">{label}</button>" in page


def test_without_a_deployment_there_is_nobody_to_answer(sandbox: Sandbox) -> None:
    send(sandbox, a_request())
    answer = sandbox.http.post("/sandbox/prescriber/messages/PH-1/answer", json={})
    assert answer.status_code == 409


@pytest.mark.parametrize("outcome", ["approved", "approved_with_changes", "denied", "validated"])
def test_an_answer_relates_to_the_request(outcome: str) -> None:
    desk = Desk(state=State())
    desk.take(a_request())
    changes = {"medication": {"quantity": {"value": "90", "code_list_qualifier": "38"}}}
    message = ncpdp.parse(desk.answer("PH-1", outcome, changes))
    assert isinstance(message, ScriptMessage)
    assert message.header.relates_to_message_id == "PH-1"
    assert isinstance(message.body, RxChangeResponse)
    assert getattr(message.body, outcome) is not None
    assert message.body.medication is not None
    assert message.body.medication.quantity is not None
    assert message.body.medication.quantity.value == "90"


@pytest.mark.parametrize(
    "outcome", ["approved", "approved_with_changes", "denied", "denied_new_to_follow", "replace"]
)
def test_a_renewal_is_answered_with_the_drug_in_it(outcome: str) -> None:
    desk = Desk(state=State())
    asked = renewal_request(
        new_rx(), refills=3, last_fill_date="2026-09-01", message_id="PH-2", sent_time=AT
    )
    desk.take(ncpdp.write(asked))
    answered = body_of(desk.answer("PH-2", outcome, {}))
    assert isinstance(answered, RxRenewalResponse)
    assert getattr(answered, outcome) is not None
    assert answered.medication is not None
