"""The pharmacy asks for another prescription in place of the one it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ncpdp import codes
from ncpdp.script.fields import leaf, leaves, moment, part, parts
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.clinical import Allergies
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber

if TYPE_CHECKING:
    from ncpdp.script.model.allergies import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class RxChangeRequest:
    """G generic, T therapeutic, P prior authorization, D drug use, S clarification, OS out of
    stock, U authorization of the prescriber, which says in the sub code what is to be confirmed.

    `medication` is what was prescribed, `requested` what the pharmacy would like instead (none to
    nine).
    """

    TAG: ClassVar[str] = "RxChangeRequest"
    message_request_code: str | None = leaf("MessageRequestCode", codes=codes.MESSAGE_REQUEST)
    message_request_sub_codes: tuple[str, ...] = leaves("MessageRequestSubCode")
    change_reason_text: str | None = leaf("ChangeReasonText", length_max=260)
    urgency_indicator_code: str | None = leaf("UrgencyIndicatorCode", codes=codes.URGENCY)
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    requested: tuple[Medication, ...] = parts(Medication, "MedicationRequested")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")
    follow_up_prescriber: Prescriber | None = part(Prescriber, "FollowUpPrescriber")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What the prescriber confirms (medium confidence): numbers, in `prescriber` or in the
    reference number, and the day they were checked."""

    reason_codes: tuple[str, ...] = leaves("ReasonCode")
    reference_number: str | None = leaf("ReferenceNumber", length_max=35)
    note: str | None = leaf("Note", length_max=210)
    validated_on: str | None = moment("DateValidated")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")


@dataclass(frozen=True, slots=True, kw_only=True)
class RxChangeResponse:
    """Exactly one answer; `medication` is the prescription that holds from now on.

    `validated` answers a request for authorization (U) and may bring the number that was asked for.
    """

    TAG: ClassVar[str] = "RxChangeResponse"
    message_request_code: str | None = leaf("MessageRequestCode", codes=codes.MESSAGE_REQUEST)
    message_request_sub_codes: tuple[str, ...] = leaves("MessageRequestSubCode")
    approved: Approval | None = part(Approval, "Response/Approved")
    approved_with_changes: Approval | None = part(Approval, "Response/ApprovedWithChanges")
    denied: Denial | None = part(Denial, "Response/Denied")
    validated: Validation | None = part(Validation, "Response/Validated")
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medication: Medication | None = part(
        Medication, "MedicationPrescribed", "MedicationResponse", "MedicationRequested"
    )
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")
    follow_up_prescriber: Prescriber | None = part(Prescriber, "FollowUpPrescriber")
