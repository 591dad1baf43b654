"""One pharmacy asks another for a prescription, gets it, and says that it has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ncpdp import codes
from ncpdp.errors import InvalidValue
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.drug import Quantity
from ncpdp.script.model.header import Endpoint, Header
from ncpdp.script.model.message import ScriptMessage
from ncpdp.script.model.transfer import RxTransferConfirm, RxTransferRequest, RxTransferResponse
from ncpdp.script.model.version import Version, known_version
from ncpdp.script.speaking import OUR_SOFTWARE, Envelope, answer, checked_id, complete

if TYPE_CHECKING:
    from decimal import Decimal

    from ncpdp.script.model.header import SenderSoftware
    from ncpdp.script.model.medication import Medication
    from ncpdp.script.model.people import Patient, Pharmacy
    from ncpdp.script.model.prescriber import Prescriber


def transfer_request(
    patient: Patient,
    *,
    taker: Pharmacy,
    giver: Pharmacy,
    message_id: str,
    sent_time: str,
    medications: tuple[Medication, ...] = (),
    version: Version = Version.V2017071,
    rx_reference_number: str | None = None,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxTransferRequest of the pharmacy that will fill it: the drugs that are named, or ALL."""
    body = RxTransferRequest(
        patient=patient,
        pharmacies=_both(taker, giver),
        medications=medications,
        scope="SPECIFIC" if medications else "ALL",
    )
    header = Header(
        to=Endpoint(id=giver.ncpdp_id, qualifier="P"),
        from_=Endpoint(id=taker.ncpdp_id, qualifier="P"),
        message_id=checked_id(message_id),
        sent_time=sent_time,
        sender_software=software,
        rx_reference_number=rx_reference_number,
    )
    return complete(ScriptMessage(header=header, body=body, version=known_version(version)))


def transfer_response(
    to: ScriptMessage,
    *,
    message_id: str,
    sent_time: str,
    medications: tuple[Medication, ...] = (),
    prescriber: Prescriber | None = None,
    note: str | None = None,
    reason_codes: tuple[str, ...] = (),
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxTransferResponse: approved with the drugs (see `transferred`), denied without any."""
    asked = _asked(to, RxTransferRequest)
    answers: dict[str, Any] = {"denied": Denial(reason_codes=reason_codes, reason=note)}
    if medications:
        answers = {"approved": Approval(reason_codes=reason_codes, note=note)}
    body = RxTransferResponse(
        patient=asked.patient,
        pharmacies=asked.pharmacies,
        prescriber=prescriber or asked.prescriber,
        medications=medications,
        **answers,
    )
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return complete(answer(to, body, envelope))


def transfer_confirm(
    to: ScriptMessage,
    *,
    message_id: str,
    sent_time: str,
    software: SenderSoftware = OUR_SOFTWARE,
) -> ScriptMessage:
    """RxTransferConfirm: the taker has the prescriptions of this response on file."""
    given = _asked(to, RxTransferResponse)
    body = RxTransferConfirm(
        patient=given.patient,
        pharmacies=given.pharmacies,
        prescriber=given.prescriber,
        medications=given.medications,
    )
    envelope = Envelope(message_id=message_id, sent_time=sent_time, software=software)
    return complete(answer(to, body, envelope))


def transferred(drug: Medication, *, remaining: Decimal, moved: Decimal) -> Medication:
    """The prescription with its three quantities: what was written, what is left, what goes."""
    original = replace(drug.quantity or Quantity(), code_list_qualifier=codes.ORIGINAL_QUANTITY)
    return replace(
        drug,
        quantity=original,
        further_quantities=(
            replace(original, value=f"{remaining:f}", code_list_qualifier=codes.REMAINING_QUANTITY),
            replace(original, value=f"{moved:f}", code_list_qualifier=codes.TRANSFERRED_QUANTITY),
        ),
    )


def _both(taker: Pharmacy, giver: Pharmacy) -> tuple[Pharmacy, Pharmacy]:
    return (
        replace(taker, transfer_type=codes.TO_PHARMACY),
        replace(giver, transfer_type=codes.FROM_PHARMACY),
    )


def _asked(to: ScriptMessage, model: type) -> Any:
    if not isinstance(to.body, model):
        raise InvalidValue(f"This answers a {model.__name__} only.", code="builder.not_a_request")
    return to.body
