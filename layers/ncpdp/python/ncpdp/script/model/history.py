"""What a patient was prescribed and dispensed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ncpdp.script.fields import leaf, moment, part, parts
from ncpdp.script.model.answers import Approval, Denial
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber


@dataclass(frozen=True, slots=True, kw_only=True)
class RxHistoryRequest:
    """`consent` is the patient's; the dates bound what is asked for (medium confidence)."""

    TAG: ClassVar[str] = "RxHistoryRequest"
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    consent: str | None = leaf("Consent")
    start_date: str | None = moment("RequestedDates/StartDate")
    end_date: str | None = moment("RequestedDates/EndDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class RxHistoryResponse:
    """Exactly one answer, and the drugs; each may name who prescribed and who dispensed it."""

    TAG: ClassVar[str] = "RxHistoryResponse"
    approved: Approval | None = part(Approval, "Response/Approved")
    denied: Denial | None = part(Denial, "Response/Denied")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    dispensed: tuple[Medication, ...] = parts(Medication, "MedicationDispensed")
    medications: tuple[Medication, ...] = parts(Medication, "MedicationPrescribed")
