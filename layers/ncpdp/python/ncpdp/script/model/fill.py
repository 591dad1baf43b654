"""What became of a prescription, and whether the prescriber wants to hear about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ncpdp.script.fields import leaves, part, parts
from ncpdp.script.model.answers import FillNote
from ncpdp.script.model.clinical import Allergies
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber

if TYPE_CHECKING:
    from ncpdp.script.model.allergies import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class RxFill:
    """Exactly one fill status; `dispensed` is what was handed out, `medication` what was asked."""

    TAG: ClassVar[str] = "RxFill"
    status_dispensed: FillNote | None = part(FillNote, "FillStatus/Dispensed")
    status_partially_dispensed: FillNote | None = part(FillNote, "FillStatus/PartiallyDispensed")
    status_not_dispensed: FillNote | None = part(FillNote, "FillStatus/NotDispensed")
    status_transferred: FillNote | None = part(FillNote, "FillStatus/Transferred")
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

    @property
    def status(self) -> str | None:
        """`dispensed`, `partially_dispensed`, `not_dispensed` or `transferred`."""
        return next((name for name in FILL_STATUSES if getattr(self, f"status_{name}")), None)


FILL_STATUSES = ("dispensed", "partially_dispensed", "not_dispensed", "transferred")


@dataclass(frozen=True, slots=True, kw_only=True)
class RxFillIndicatorChange:
    """From now on the prescriber wants to hear of these fill statuses, in the standard's words."""

    TAG: ClassVar[str] = "RxFillIndicatorChange"
    rx_fill_indicators: tuple[str, ...] = leaves("RxFillIndicator")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
