"""Messages of which the people and the drug are modelled and the rest is kept as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ncpdp.script.fields import leaf, part, parts
from ncpdp.script.model.coverage import Benefits
from ncpdp.script.model.medication import Medication
from ncpdp.script.model.people import Facility, Patient, Pharmacy, Prescriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Enveloped:
    """Prior authorization, REMS, facility and census messages: answers, question sets and
    attachments stay in the source and, in the JSON form, among the extensions."""

    TAG: ClassVar[str] = ""
    pa_reference_id: str | None = leaf("PAReferenceID")
    rems_reference_id: str | None = leaf("REMSReferenceID")
    benefits: tuple[Benefits, ...] = parts(Benefits, "BenefitsCoordination")
    facility: Facility | None = part(Facility, "Facility")
    patient: Patient | None = part(Patient, "Patient")
    pharmacy: Pharmacy | None = part(Pharmacy, "Pharmacy")
    prescriber: Prescriber | None = part(Prescriber, "Prescriber")
    medication: Medication | None = part(Medication, "MedicationPrescribed")
    requested: tuple[Medication, ...] = parts(Medication, "MedicationRequested")
    dispensed: Medication | None = part(Medication, "MedicationDispensed")


def enveloped(tag: str) -> type[Enveloped]:
    """The class of one message type; it differs from the others in its name only."""
    return type(tag, (Enveloped,), {"TAG": tag, "__slots__": (), "__module__": __name__})


PAInitiationRequest = enveloped("PAInitiationRequest")
PAInitiationResponse = enveloped("PAInitiationResponse")
PARequest = enveloped("PARequest")
PAResponse = enveloped("PAResponse")
PAAppealRequest = enveloped("PAAppealRequest")
PAAppealResponse = enveloped("PAAppealResponse")
PACancelRequest = enveloped("PACancelRequest")
PACancelResponse = enveloped("PACancelResponse")
PANotification = enveloped("PANotification")
REMSInitiationRequest = enveloped("REMSInitiationRequest")
REMSInitiationResponse = enveloped("REMSInitiationResponse")
REMSRequest = enveloped("REMSRequest")
REMSResponse = enveloped("REMSResponse")
Census = enveloped("Census")
Resupply = enveloped("Resupply")
DrugAdministration = enveloped("DrugAdministration")
Recertification = enveloped("Recertification")
