"""A prescription is sent, asked for, refused in advance, or called back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ncpdp import codes
from ncpdp.script.fields import leaf, part, parts
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.clinical import Allergies
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber

if TYPE_CHECKING:
    from ncpdp.script.model.allergies import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRx:
    """A new prescription; urgency S is stat, X expedited."""

    TAG: ClassVar[str] = "NewRx"
    message_request_code: str | None = leaf("MessageRequestCode")
    urgency_indicator_code: str | None = leaf("UrgencyIndicatorCode", codes=codes.URGENCY)
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")
    prohibit_renewal_request: str | None = leaf("ProhibitRenewalRequest")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRx:
    """Cancel (C) or discontinue (D) a prescription that was sent before."""

    TAG: ClassVar[str] = "CancelRx"
    message_request_code: str | None = leaf("MessageRequestCode")
    change_of_prescription_status: str | None = leaf(
        "ChangeOfPrescriptionStatusFlag", codes=codes.CHANGE_OF_STATUS
    )
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRxResponse:
    """Exactly one of `approved` and `denied`; the message carries neither patient nor drug."""

    TAG: ClassVar[str] = "CancelRxResponse"
    approved: Approval | None = part(Approval, "Response/Approved")
    denied: Denial | None = part(Denial, "Response/Denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRxRequest:
    """A pharmacy asks for a new prescription, for a drug the patient asked it for."""

    TAG: ClassVar[str] = "NewRxRequest"
    message_request_code: str | None = leaf("MessageRequestCode")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    requested: tuple[Medication, ...] = parts(Medication, "MedicationRequested")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRxResponseDenied:
    """The prescriber will not prescribe what was asked for; a yes would be a NewRx."""

    TAG: ClassVar[str] = "NewRxResponseDenied"
    denied: Denial | None = part(Denial, "Response/Denied", "Denied")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    requested: tuple[Medication, ...] = parts(Medication, "MedicationRequested")
