"""Allergies, observations and diagnoses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.codes import CLINICAL_INFORMATION, YES_NO
from ncpdp.script.fields import leaf, moment, part, parts

if TYPE_CHECKING:
    from ncpdp.script.model.allergies import Allergy

__all__ = ["Allergies", "Diagnosis", "DiagnosisCode"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisCode:
    """An ICD-10-CM code without its dot where the qualifier is ABF."""

    code: str | None = leaf("Code")
    qualifier: str | None = leaf("Qualifier")
    description: str | None = leaf("Description")
    last_office_visit: str | None = moment("DateOfLastOfficeVisit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Qualifier 1: the prescriber says so; 2: the pharmacy infers it."""

    clinical_information_qualifier: str | None = leaf(
        "ClinicalInformationQualifier", codes=CLINICAL_INFORMATION
    )
    primary: DiagnosisCode | None = part(DiagnosisCode, "Primary")
    secondary: DiagnosisCode | None = part(DiagnosisCode, "Secondary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergies:
    """Either NoKnownAllergies Y or the list."""

    no_known_allergies: str | None = leaf("NoKnownAllergies", codes=YES_NO)
    items: tuple[Allergy, ...] = parts("allergies:Allergy", "Allergies")
