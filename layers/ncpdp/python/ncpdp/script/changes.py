"""The pharmacy asks for a change, the prescriber answers."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal

from ncpdp.errors import InvalidValue
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.change import RxChangeRequest, RxChangeResponse, Validation
from ncpdp.script.speaking import (
    OUR_SOFTWARE,
    Envelope,
    answer,
    complete,
    day_of,
    drug_of,
    one_of,
    people_of,
)

if TYPE_CHECKING:
    from ncpdp.script.model.header import DigitalSignature, SenderSoftware
    from ncpdp.script.model.medication import Medication
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.script.model.people import Pharmacy

ChangeOutcome = Literal["approved", "approved_with_changes", "denied", "validated"]


def change_request(
    of: ScriptMessage,
    code: str,
    *,
    message_id: str,
    sent_time: str,
    requested: tuple[Medication, ...] = (),
    sub_codes: tuple[str, ...] = (),
    reason: str | None = None,
    pharmacy: Pharmacy | None = None,
    rx_reference_number: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxChangeRequest: G T P D S OS or U, with up to nine drugs the pharmacy would like instead."""
    said = people_of(of)
    body = RxChangeRequest(
        message_request_code=code,
        message_request_sub_codes=sub_codes,
        change_reason_text=reason,
        benefits=getattr(said, "benefits", ()),
        patient=said.patient,
        pharmacy=pharmacy or said.pharmacy,
        prescriber=said.prescriber,
        medication=drug_of(of),
        requested=requested,
    )
    envelope = Envelope(
        message_id=message_id,
        sent_time=sent_time,
        software=software,
        rx_reference_number=rx_reference_number,
    )
    return complete(answer(of, body, envelope))


def change_response(
    to: ScriptMessage,
    outcome: ChangeOutcome,
    *,
    message_id: str,
    sent_time: str,
    medication: Medication | None = None,
    note: str | None = None,
    reason_codes: tuple[str, ...] = (),
    signature: DigitalSignature | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxChangeResponse; approved means the one drug that was requested, unless another is given."""
    asked = to.body
    if not isinstance(asked, RxChangeRequest):
        raise InvalidValue("This answers a RxChangeRequest only.", code="builder.not_a_request")
    answers: dict[str, Any] = {
        "approved": Approval(reason_codes=reason_codes, note=note),
        "approved_with_changes": Approval(reason_codes=reason_codes, note=note),
        "denied": Denial(reason_codes=reason_codes, reason=note),
        "validated": Validation(reason_codes=reason_codes, note=note),
    }
    body = RxChangeResponse(
        message_request_code=asked.message_request_code,
        message_request_sub_codes=asked.message_request_sub_codes,
        patient=asked.patient,
        pharmacy=asked.pharmacy,
        prescriber=asked.prescriber,
        medication=medication or _agreed(asked, outcome, day_of(sent_time)),
        **{outcome: answers[one_of(outcome, answers)]},
    )
    envelope = Envelope(
        message_id=message_id,
        sent_time=sent_time,
        software=software,
        rx_reference_number=to.header.rx_reference_number,
        signature=signature,
    )
    return complete(answer(to, body, envelope))


def _agreed(asked: RxChangeRequest, outcome: ChangeOutcome, written: str) -> Medication | None:
    """What was prescribed, with everything the requested drug says otherwise."""
    if outcome in {"denied", "validated"} or not asked.requested:
        return asked.medication
    if len(asked.requested) > 1:
        raise InvalidValue(
            "Several drugs were requested: say which one is approved.", code="builder.incomplete"
        )
    (wish,) = asked.requested
    if asked.medication is None:
        return replace(wish, written_date=written)
    told = {one.name: getattr(wish, one.name) for one in fields(wish)}
    said = {name: value for name, value in told.items() if value not in {None, ()}}
    if "drug" not in said:
        said["drug"] = None  # the old product's codes are not the new product's
    return replace(asked.medication, **{**said, "written_date": written})
