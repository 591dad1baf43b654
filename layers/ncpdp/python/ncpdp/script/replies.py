"""Answers to a message: ends swapped, related, in the version of the request."""

from __future__ import annotations

from ncpdp.errors import InvalidValue
from ncpdp.script.model.bodies import (
    Approval,
    Body,
    CancelRxResponse,
    Denial,
    Error,
    Status,
    Verify,
)
from ncpdp.script.model.header import MESSAGE_ID_MAX, Header, SenderSoftware
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.model.version import NAMES, Version, version_of

OUR_SOFTWARE = SenderSoftware(developer="Pharmonico", product="ncpdp", version_release="0.1")


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
    return _reply(to, body, message_id, sent_time, software)


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
    return _reply(to, body, message_id, sent_time, software)


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
    return _reply(to, body, message_id, sent_time, software)


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
    return _reply(to, body, message_id, sent_time, software)


def _reply(
    to: ScriptMessage | Header,
    body: Body,
    message_id: str,
    sent_time: str,
    software: SenderSoftware,
) -> ScriptMessage:
    if not 0 < len(message_id) <= MESSAGE_ID_MAX:
        raise InvalidValue("A MessageID has 1 to 35 characters.", code="message_id.length")
    asked = to.header if isinstance(to, ScriptMessage) else to
    header = Header(
        to=asked.from_,
        from_=asked.to,
        message_id=message_id,
        relates_to_message_id=asked.message_id,
        sent_time=sent_time,
        sender_software=software,
        prescriber_order_number=asked.prescriber_order_number,
    )
    if not isinstance(to, ScriptMessage):
        return ScriptMessage(header=header, body=body)
    version, attributes = _version(to)
    namespace = to.namespace if to.version is version else ""
    return ScriptMessage(
        header=header, body=body, version=version, attributes=attributes, namespace=namespace
    )


def _version(to: ScriptMessage) -> tuple[Version, tuple[tuple[str, str], ...]]:
    """The request's own version attributes, where that version is written at all."""
    if to.version is Version.V10_6:
        return Version.V2017071, ()
    said = dict(to.attributes)
    if version_of(said) is None or said.get("TransactionDomain", "SCRIPT") != "SCRIPT":
        return to.version, ()
    return to.version, tuple((name, said[name]) for name in NAMES if name in said)
