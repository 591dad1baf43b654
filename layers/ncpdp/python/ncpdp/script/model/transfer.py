"""A prescription moves from one pharmacy to another."""

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
    from collections.abc import Iterable

    from ncpdp.script.model.allergies import Observation


def pharmacy_of(pharmacies: Iterable[Pharmacy], transfer_type: str) -> Pharmacy | None:
    """The pharmacy that takes (TRANSFER TO …) or gives (TRANSFER FROM …)."""
    return next((one for one in pharmacies if one.transfer_type == transfer_type), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RxTransferRequest:
    """Sent by the pharmacy that will fill it; `scope` is ALL or SPECIFIC, with the drugs named."""

    TAG: ClassVar[str] = "RxTransferRequest"
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacies: tuple[Pharmacy, ...] = parts(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medications: tuple[Medication, ...] = parts(Medication, "MedicationPrescribed")
    scope: str | None = leaf("TransferRequest", codes=codes.TRANSFER_REQUEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class RxTransferResponse:
    """Exactly one answer; each transferred drug has its quantities 38, 40 and QT."""

    TAG: ClassVar[str] = "RxTransferResponse"
    approved: Approval | None = part(Approval, "Response/Approved")
    approved_with_changes: Approval | None = part(Approval, "Response/ApprovedWithChanges")
    denied: Denial | None = part(Denial, "Response/Denied")
    allergies: Allergies | None = part(Allergies, "AllergyOrAdverseEvent")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacies: tuple[Pharmacy, ...] = parts(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    observation: Observation | None = part("allergies:Observation", "Observation")
    medications: tuple[Medication, ...] = parts(Medication, "MedicationPrescribed")
    dispensed: tuple[Medication, ...] = parts(Medication, "MedicationDispensed")
    supervisor: Prescriber | None = part(Prescriber, "Supervisor")


@dataclass(frozen=True, slots=True, kw_only=True)
class RxTransferConfirm:
    """The receiving pharmacy has taken the prescription in."""

    TAG: ClassVar[str] = "RxTransferConfirm"
    patient: Patient | None = part(Patient, "Patient")
    pharmacies: tuple[Pharmacy, ...] = parts(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medications: tuple[Medication, ...] = parts(Medication, "MedicationPrescribed")
