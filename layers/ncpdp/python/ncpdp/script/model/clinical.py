"""Allergies, observations and diagnoses."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, moment, part, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A code, the code list it is from, and its words."""

    code: str | None = leaf("Code")
    qualifier: str | None = leaf("Qualifier")
    text: str | None = leaf("Text", "Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisCode:
    """An ICD-10-CM code without its dot where the qualifier is ABF."""

    code: str | None = leaf("Code")
    qualifier: str | None = leaf("Qualifier")
    description: str | None = leaf("Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    clinical_information_qualifier: str | None = leaf("ClinicalInformationQualifier")
    primary: DiagnosisCode | None = part(DiagnosisCode, "Primary")
    secondary: DiagnosisCode | None = part(DiagnosisCode, "Secondary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergy:
    """One allergy; the codes of drug product and reaction are of medium confidence."""

    source: str | None = leaf("SourceOfInformation")
    effective_date: str | None = moment("EffectiveDate")
    adverse_event: Coded | None = part(Coded, "AdverseEvent")
    drug: Coded | None = part(Coded, "DrugProductCoded")
    reaction: Coded | None = part(Coded, "ReactionCoded")
    severity: Coded | None = part(Coded, "SeverityCoded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergies:
    no_known_allergies: str | None = leaf("NoKnownAllergies")
    items: tuple[Allergy, ...] = parts(Allergy, "Allergies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A vital sign or the like; codes are LOINC and UCUM (medium confidence)."""

    vital_sign: str | None = leaf("VitalSign")
    loinc_version: str | None = leaf("LOINCVersion")
    value: str | None = leaf("Value", numeric=True)
    unit: str | None = leaf("UnitOfMeasure")
    ucum_version: str | None = leaf("UCUMVersion")
    observed_on: str | None = moment("ObservationDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    measurements: tuple[Measurement, ...] = parts(Measurement, "Measurement")
    notes: str | None = leaf("ObservationNotes")
