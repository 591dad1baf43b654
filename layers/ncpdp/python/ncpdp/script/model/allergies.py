"""Single allergies and measurements; most messages have none."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, moment, part, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A code, the code list it is from, and its words."""

    text: str | None = leaf("Text", "Description")
    qualifier: str | None = leaf("Qualifier")
    code: str | None = leaf("Code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergen:
    """The drug an allergy is against, with its words last."""

    code: str | None = leaf("Code")
    qualifier: str | None = leaf("Qualifier")
    text: str | None = leaf("Text", "Description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergy:
    """One allergy; the codes of drug product and reaction are of medium confidence."""

    source: str | None = leaf("SourceOfInformation")
    effective_date: str | None = moment("EffectiveDate")
    expiration_date: str | None = moment("ExpirationDate")
    adverse_event: Coded | None = part(Coded, "AdverseEvent")
    drug: Allergen | None = part(Allergen, "DrugProductCoded")
    reaction: Coded | None = part(Coded, "ReactionCoded")
    severity: Coded | None = part(Coded, "SeverityCoded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A vital sign or the like; codes are LOINC and UCUM (medium confidence)."""

    vital_sign: str | None = leaf("VitalSign")
    loinc_version: str | None = leaf("LOINCVersion")
    value: str | None = leaf("Value", numeric="decimal")
    unit: str | None = leaf("UnitOfMeasure")
    ucum_version: str | None = leaf("UCUMVersion")
    observed_on: str | None = moment("ObservationDate")
    minimum: str | None = leaf("MinimumMeasurementValue")
    maximum: str | None = leaf("MaximumMeasurementValue")
    notes: str | None = leaf("MeasurementNotes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    measurements: tuple[Measurement, ...] = parts(Measurement, "Measurement")
    notes: str | None = leaf("ObservationNotes")
