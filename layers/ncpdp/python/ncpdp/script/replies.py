"""Answers to a message: ends swapped, related, in the version of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.prescribing import CancelRxResponse
from ncpdp.script.model.transport import Error, Status, Verify
from ncpdp.script.speaking import OUR_SOFTWARE, Envelope, answer

if TYPE_CHECKING:
    from ncpdp.script.model.header import Header, SenderSoftware
    from ncpdp.script.model.message import ScriptMessage


def reply_status(
    to: ScriptMessage | Header,
    code: str,
    *,
    message_id: str,
    sent_time: str,
    description: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """Status: 010 accepted, 000 only taken over; `sent_time` is ISO 8601 in UTC."""
    body = Status(code=code, description=description)
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return answer(to, body, envelope)


def reply_error(
    to: ScriptMessage | Header,
    code: str,
    description_code: str | None,
    description: str,
    *,
    message_id: str,
    sent_time: str,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """Error: 900 the message is refused, 600 and 602 the receiver is in trouble."""
    codes = (description_code,) if description_code else ()
    body = Error(code=code, description_codes=codes, description=description)
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return answer(to, body, envelope)


def reply_verify(
    to: ScriptMessage | Header,
    *,
    message_id: str,
    sent_time: str,
    description: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """Verify, always with code 010."""
    body = Verify(code="010", description=description)
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return answer(to, body, envelope)


def cancel_response(
    to: ScriptMessage | Header,
    *,
    approved: bool,
    message_id: str,
    sent_time: str,
    note: str | None = None,
    reason_codes: tuple[str, ...] = (),
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """CancelRxResponse: approved with an optional note, or denied with `note` as the reason."""
    if approved:
        body = CancelRxResponse(approved=Approval(note=note))
    else:
        body = CancelRxResponse(denied=Denial(reason_codes=reason_codes, reason=note))
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return answer(to, body, envelope)
