"""What a message is about: one class per message type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ncpdp.script.fields import leaf, leaves, part, parts
from ncpdp.script.model.clinical import Allergies, Observation
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRx:
    """A new prescription; urgency S is stat, X expedited."""

    TAG: ClassVar[str] = "NewRx"
    message_request_code: str | None = leaf("MessageRequestCode")
    urgency_indicator_code: str | None = leaf("UrgencyIndicatorCode")
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part(Observation, "Observation")
    medication: Medication | None = part(Medication, "MedicationPrescribed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRx:
    """Cancel (C) or discontinue (D) a prescription that was sent before."""

    TAG: ClassVar[str] = "CancelRx"
    message_request_code: str | None = leaf("MessageRequestCode")
    change_of_prescription_status: str | None = leaf("ChangeOfPrescriptionStatusFlag")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medication: Medication | None = part(Medication, "MedicationPrescribed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval; it may say nothing at all."""

    note: str | None = leaf("Note", length_max=210)
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial with reason codes and, where they do not tell enough, words."""

    reason_codes: tuple[str, ...] = leaves("ReasonCode")
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)
    reason: str | None = leaf("DenialReason", length_max=210)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRxResponse:
    """Exactly one of `approved` and `denied`; the message carries neither patient nor drug."""

    TAG: ClassVar[str] = "CancelRxResponse"
    approved: Approval | None = part(Approval, "Response/Approved")
    denied: Denial | None = part(Denial, "Response/Denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """000 taken over, 010 accepted by the receiver; 001 002 003 005 on the way."""

    TAG: ClassVar[str] = "Status"
    code: str | None = leaf("Code")
    description_codes: tuple[str, ...] = leaves("DescriptionCode")
    description: str | None = leaf("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """600 601 602 700 trouble on the way, 900 the message was refused."""

    TAG: ClassVar[str] = "Error"
    code: str | None = leaf("Code")
    description_codes: tuple[str, ...] = leaves("DescriptionCode")
    description: str | None = leaf("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """The receiver has taken the message in; the code is always 010."""

    TAG: ClassVar[str] = "Verify"
    code: str | None = leaf("VerifyStatus/Code")
    description: str | None = leaf("VerifyStatus/Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBody:
    """A message type without a class of its own: its name, and its element as XML text."""

    name: str
    xml: str


Body: TypeAlias = NewRx | CancelRx | CancelRxResponse | Status | Error | Verify | OtherBody
BODIES: dict[str, type] = {
    body.TAG: body for body in (NewRx, CancelRx, CancelRxResponse, Status, Error, Verify)
}
