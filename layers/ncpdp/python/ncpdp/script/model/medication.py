"""The drug: prescribed, dispensed, requested or answered, all in one shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.codes import CHECKED_REMS, SCHEDULE_BY_NCIT, SUBSTITUTIONS
from ncpdp.dates import day
from ncpdp.script.fields import leaf, leaves, moment, part, parts
from ncpdp.script.model.clinical import Diagnosis
from ncpdp.script.model.drug import DrugCoded, DrugUse, Quantity, Sig

if TYPE_CHECKING:
    from datetime import date

    from ncpdp.script.model.extras import Compound, DiabeticSupply, OtherDate, PatientNote

__all__ = ["DrugCoded", "DrugUse", "Medication", "Quantity", "Sig"]
_COUNT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """Substitutions 0 allowed, 1 dispense as written; refills do not count the first fill.

    `further_quantities` are the second and third of a transfer. `lot_number` and
    `pharmacy_requested_refills` come with a dispensed drug only.
    """

    drug_description: str | None = leaf("DrugDescription", length_max=105)
    drug: DrugCoded | None = part(DrugCoded, "DrugCoded")
    quantity: Quantity | None = part(Quantity, "Quantity")
    further_quantities: tuple[Quantity, ...] = parts(Quantity, "Quantity", rest=True)
    days_supply: str | None = leaf("DaysSupply", numeric="whole")
    written_date: str | None = moment("WrittenDate")
    last_fill_date: str | None = moment("LastFillDate")
    substitutions: str | None = leaf("Substitutions", numeric="free", codes=SUBSTITUTIONS)
    number_of_refills: str | None = leaf("NumberOfRefills", "Refills/Quantity", numeric="whole")
    refills_remaining: str | None = leaf("RefillsRemaining", numeric="whole")
    diagnoses: tuple[Diagnosis, ...] = parts(Diagnosis, "Diagnosis")
    prior_authorization: str | None = leaf("PriorAuthorization")
    note: str | None = leaf("Note", length_max=210)
    drug_use: tuple[DrugUse, ...] = parts(DrugUse, "DrugUseEvaluation")
    drug_coverage_status: tuple[str, ...] = leaves("DrugCoverageStatusCode")
    prior_authorization_status: str | None = leaf("PriorAuthorizationStatus")
    sig: Sig | None = part(Sig, "Sig")
    do_not_fill: str | None = leaf("DoNotFill")
    time_zone: str | None = leaf("TimeZone/TimeZoneIdentifier")
    time_zone_difference: str | None = leaf("TimeZone/TimeZoneDifferenceQuantity")
    order_capture_method: str | None = leaf("OrderCaptureMethod")
    reason_for_substitution: str | None = leaf("ReasonForSubstitutionCodeUsed")
    split_script: str | None = leaf("SplitScript")
    rx_fill_indicators: tuple[str, ...] = leaves("RxFillIndicator")
    office_of_pharmacy_affairs_ids: tuple[str, ...] = leaves("OfficeOfPharmacyAffairsID")
    delivery_request: str | None = leaf("DeliveryRequest")
    delivery_location: str | None = leaf("DeliveryLocation")
    diabetic_supply: DiabeticSupply | None = part("extras:DiabeticSupply", "DiabeticSupply")
    injury_related: str | None = leaf("InjuryRelated")
    treatment_indicator: str | None = leaf("TreatmentIndicator")
    prophylactic_or_episodic: str | None = leaf("ProphylacticOrEpisodic")
    current_treatment_cycle: str | None = leaf("CurrentTreatmentCycle", numeric="whole")
    cycles_planned: str | None = leaf("NumberOfCyclesPlanned", numeric="whole")
    prescriber_checked_rems: str | None = leaf("PrescriberCheckedREMS", codes=CHECKED_REMS)
    rems_patient_risk_category: str | None = leaf("REMSPatientRiskCategory")
    rems_authorization_number: str | None = leaf("REMSAuthorizationNumber")
    flavoring_requested: str | None = leaf("FlavoringRequested")
    compound: Compound | None = part("extras:Compound", "CompoundInformation")
    packages_to_dispense: str | None = leaf("NumberOfPackagesToBeDispensed", numeric="whole")
    patient_notes: tuple[PatientNote, ...] = parts("extras:PatientNote", "PatientCodifiedNote")
    other_dates: tuple[OtherDate, ...] = parts("extras:OtherDate", "OtherMedicationDate")
    place_of_service: str | None = leaf("PlaceOfServiceNonSelfAdministeredProduct")
    may_administer: str | None = leaf("ProviderExplicitAuthorizationToAdminister")
    needed_by: str | None = moment("NeedNoLaterThan/NeededNoLaterThanDate")
    needed_by_reason: str | None = leaf("NeedNoLaterThan/NeededNoLaterThanReason")
    lot_number: str | None = leaf("LotNumber")
    pharmacy_requested_refills: str | None = leaf("PharmacyRequestedRefills", numeric="whole")

    @property
    def ndc(self) -> str | None:
        """The NDC as sent, or None when no NDC was sent."""
        coded = self.drug
        return coded.product_code if coded and coded.product_code_qualifier == "ND" else None

    @property
    def dea_schedule(self) -> str | None:
        """CI, CII, CIII, CIV or CV; None for an unscheduled drug or an unknown code."""
        return SCHEDULE_BY_NCIT.get((self.drug and self.drug.dea_schedule_code) or "")

    @property
    def sig_text(self) -> str | None:
        return self.sig.text if self.sig else None

    @property
    def days(self) -> int | None:
        return _count(self.days_supply)

    @property
    def refills(self) -> int | None:
        return _count(self.number_of_refills)

    @property
    def written_on(self) -> date | None:
        return day(self.written_date)

    @property
    def is_dispense_as_written(self) -> bool:
        return self.substitutions == "1"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity, by its list qualifier on a transfer."""
        return (self.quantity, *self.further_quantities) if self.quantity else ()


def _count(text: str | None) -> int | None:
    return int(text) if _COUNT.fullmatch(text or "") and text else None
