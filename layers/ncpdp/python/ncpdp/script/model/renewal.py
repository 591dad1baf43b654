"""The pharmacy asks for more refills."""

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
class RxRenewalRequest:
    """`dispensed` says when it was filled last and how many refills the pharmacy asks for."""

    TAG: ClassVar[str] = "RxRenewalRequest"
    urgency_indicator_code: str | None = leaf("UrgencyIndicatorCode", codes=codes.URGENCY)
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    dispensed: Medication | None = part(Medication, "MedicationDispensed")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")
    follow_up_prescriber: Prescriber | None = part(Prescriber, "FollowUpPrescriber")


@dataclass(frozen=True, slots=True, kw_only=True)
class RxRenewalResponse:
    """Exactly one answer. `medication` (MedicationResponse) is there even when denied.

    `denied_new_to_follow` is a no with a NewRx coming, `replace` a different prescription in
    this very message.
    """

    TAG: ClassVar[str] = "RxRenewalResponse"
    approved: Approval | None = part(Approval, "Response/Approved")
    approved_with_changes: Approval | None = part(Approval, "Response/ApprovedWithChanges")
    denied: Denial | None = part(Denial, "Response/Denied")
    denied_new_to_follow: Denial | None = part(Denial, "Response/DeniedNewPrescriptionToFollow")
    replace: Approval | None = part(Approval, "Response/Replace")
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medication: Medication | None = part(Medication, "MedicationResponse")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")
    follow_up_prescriber: Prescriber | None = part(Prescriber, "FollowUpPrescriber")
