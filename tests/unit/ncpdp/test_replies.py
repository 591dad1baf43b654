"""Answers name what they answer, go back where it came from and are complete themselves."""

from __future__ import annotations

from dataclasses import replace

import ncpdp
import pytest
from ncpdp.script import (
    CancelRxResponse,
    Error,
    ScriptMessage,
    Status,
    Verify,
    cancel_response,
    reply_error,
    reply_status,
    reply_verify,
)

AT = "2026-09-14T15:05:00Z"


def sent(message: ScriptMessage) -> ScriptMessage:
    """The answer as the other side reads it; it must be without any finding."""
    again = ncpdp.parse(ncpdp.write(message))
    assert isinstance(again, ScriptMessage)
    assert ncpdp.check(again) == []
    return again


def test_status(newrx: ScriptMessage) -> None:
    answer = sent(reply_status(newrx, "010", message_id="R-1", sent_time=AT))
    assert answer.body == Status(code="010")
    header = answer.header
    assert (header.message_id, header.relates_to_message_id) == ("R-1", "EX-1")
    assert (header.to, header.from_) == (newrx.header.from_, newrx.header.to)
    assert header.sent_time == AT


def test_error(newrx: ScriptMessage) -> None:
    answer = sent(
        reply_error(newrx, "900", "1000", "No directions", message_id="R-2", sent_time=AT)
    )
    assert answer.body == Error(
        code="900", description_codes=("1000",), description="No directions"
    )


def test_verify_is_always_010(newrx: ScriptMessage) -> None:
    assert sent(reply_verify(newrx, message_id="R-3", sent_time=AT)).body == Verify(code="010")


def test_a_cancel_is_approved_with_a_note(newrx: ScriptMessage) -> None:
    answer = sent(
        cancel_response(newrx, approved=True, note="In time", message_id="R-4", sent_time=AT)
    )
    body = answer.body
    assert isinstance(body, CancelRxResponse)
    assert body.approved
    assert (body.approved.note, body.denied) == ("In time", None)


def test_a_cancel_is_denied_with_a_reason(newrx: ScriptMessage) -> None:
    answer = sent(
        cancel_response(
            newrx,
            approved=False,
            note="Already shipped",
            reason_codes=("AQ",),
            message_id="R-5",
            sent_time=AT,
        )
    )
    body = answer.body
    assert isinstance(body, CancelRxResponse)
    assert body.denied
    assert (body.denied.reason, body.denied.reason_codes) == ("Already shipped", ("AQ",))


def test_an_approval_may_say_nothing(newrx: ScriptMessage) -> None:
    answer = sent(cancel_response(newrx, approved=True, message_id="R-6", sent_time=AT))
    assert isinstance(answer.body, CancelRxResponse)
    assert answer.body.approved is not None


def test_a_header_alone_is_enough(newrx: ScriptMessage) -> None:
    answer = sent(reply_status(newrx.header, "000", message_id="R-7", sent_time=AT))
    assert answer.header.relates_to_message_id == "EX-1"


def test_the_namespace_of_the_request_is_used(newrx: ScriptMessage) -> None:
    asked = replace(newrx, namespace="http://www.ncpdp.org/schema/SCRIPT")
    answer = reply_status(asked, "010", message_id="R-8", sent_time=AT)
    assert b'xmlns="http://www.ncpdp.org/schema/SCRIPT"' in ncpdp.write(answer)


@pytest.mark.parametrize("message_id", ["", "x" * 36])
def test_a_message_id_has_1_to_35_characters(newrx: ScriptMessage, message_id: str) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        reply_status(newrx, "010", message_id=message_id, sent_time=AT)
    assert caught.value.code == "message_id.length"
