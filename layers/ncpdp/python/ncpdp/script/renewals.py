"""The pharmacy asks for refills, the prescriber answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from ncpdp.errors import InvalidValue
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.renewal import RxRenewalRequest, RxRenewalResponse
from ncpdp.script.speaking import (
    OUR_SOFTWARE,
    Envelope,
    answer,
    as_dispensed,
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

RenewalOutcome = Literal[
    "approved", "approved_with_changes", "denied", "denied_new_to_follow", "replace"
]


def renewal_request(
    of: ScriptMessage,
    *,
    refills: int,
    last_fill_date: str,
    message_id: str,
    sent_time: str,
    pharmacy: Pharmacy | None = None,
    dispensed: Medication | None = None,
    rx_reference_number: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxRenewalRequest for the prescription of a message that came from the prescriber.

    `pharmacy` is needed where the prescription named none, or none with an address; `dispensed`
    where another drug was handed out than was prescribed.
    """
    said = people_of(of)
    drug = dispensed or as_dispensed(drug_of(of))
    body = RxRenewalRequest(
        benefits=getattr(said, "benefits", ()),
        facility=getattr(said, "facility", None),
        patient=said.patient,
        pharmacy=pharmacy or said.pharmacy,
        prescriber=said.prescriber,
        dispensed=replace(
            drug,
            last_fill_date=last_fill_date,
            number_of_refills=None,
            pharmacy_requested_refills=str(refills),
        ),
    )
    envelope = Envelope(
        message_id=message_id,
        sent_time=sent_time,
        software=software,
        rx_reference_number=rx_reference_number,
    )
    return complete(answer(of, body, envelope))


def renewal_response(
    to: ScriptMessage,
    outcome: RenewalOutcome,
    *,
    message_id: str,
    sent_time: str,
    refills: int | None = None,
    medication: Medication | None = None,
    note: str | None = None,
    reason_codes: tuple[str, ...] = (),
    signature: DigitalSignature | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxRenewalResponse; the drug is in it even when denied.

    Approved without more words means the refills that were asked for, written on the day the
    answer is sent. A controlled drug needs the `signature`, `replace` the `medication` that
    takes the place of the old one.
    """
    asked = to.body
    if not isinstance(asked, RxRenewalRequest):
        raise InvalidValue("This answers a RxRenewalRequest only.", code="builder.not_a_request")
    if outcome == "replace" and medication is None:
        raise InvalidValue("A replacement needs its medication.", code="builder.incomplete")
    one_of(outcome, get_args(RenewalOutcome))
    says_no = outcome in {"denied", "denied_new_to_follow"}
    body = RxRenewalResponse(
        patient=asked.patient,
        pharmacy=asked.pharmacy,
        prescriber=asked.prescriber,
        medication=medication or _renewed(asked, refills, day_of(sent_time)),
        **{outcome: _no(reason_codes, note) if says_no else _yes(reason_codes, note)},
    )
    envelope = Envelope(
        message_id=message_id,
        sent_time=sent_time,
        software=software,
        rx_reference_number=to.header.rx_reference_number,
        signature=signature,
    )
    return complete(answer(to, body, envelope))


def _yes(reason_codes: tuple[str, ...], note: str | None) -> Any:
    return Approval(reason_codes=reason_codes, note=note)


def _no(reason_codes: tuple[str, ...], note: str | None) -> Any:
    return Denial(reason_codes=reason_codes, reason=note)


def _renewed(asked: RxRenewalRequest, refills: int | None, written: str) -> Medication | None:
    if asked.dispensed is None:
        return None
    prescribed = asked.medication
    return replace(
        asked.dispensed,
        written_date=written,
        last_fill_date=None,
        lot_number=None,
        number_of_refills=(
            asked.dispensed.pharmacy_requested_refills if refills is None else str(refills)
        ),
        pharmacy_requested_refills=None,
        diagnoses=prescribed.diagnoses if prescribed else asked.dispensed.diagnoses,
    )
