"""A structured instruction: how much of the drug, how, where, when and how long.

A number may be a range: then it is there twice, with the word between them in the modifier.
"""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, leaves, part, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class SigCode:
    """Words with the code they stand for; the qualifier names the code system."""

    text: str | None = leaf("Text")
    qualifier: str | None = leaf("Qualifier")
    code: str | None = leaf("Code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """One dose: `1 tablet`, or `1 tablet` `TO` `2 tablet`."""

    quantities: tuple[str, ...] = leaves("DoseQuantity", numeric="decimal", group="dose")
    units: tuple[SigCode, ...] = parts(SigCode, "DoseUnitOfMeasure", group="dose")
    range_modifiers: tuple[str, ...] = leaves("DoseRangeModifier", group="dose")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCalculation:
    """A dose by weight or surface, and the result if the sender worked it out."""

    basis: tuple[str, ...] = leaves("DosingBasisNumeric", numeric="decimal", group="basis")
    range_modifiers: tuple[str, ...] = leaves("DosingBasisRangeModifier", group="basis")
    basis_unit: SigCode | None = part(SigCode, "DosingBasisUnitOfMeasure")
    body_metric_qualifier: str | None = leaf("BodyMetricQualifier")
    body_metric_value: str | None = leaf("BodyMetricValue")
    calculated_dose: str | None = leaf("CalculatedDoseNumeric", numeric="decimal")
    calculated_unit: SigCode | None = part(SigCode, "CalculatedDoseUnitOfMeasure")
    clarifying_text: str | None = leaf("DoseCalculationClarifyingFreeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAdministration:
    method: SigCode | None = part(SigCode, "DoseDeliveryMethod")
    method_modifier: SigCode | None = part(SigCode, "DoseDeliveryMethodModifier")
    dosage: Dosage | None = part(Dosage, "Dosage")
    calculation: DoseCalculation | None = part(DoseCalculation, "DoseCalculation")
    amount: SigCode | None = part(SigCode, "DoseAmount")
    clarifying_text: str | None = leaf("DoseClarifyingFreeText")
    route: SigCode | None = part(SigCode, "RouteOfAdministration")
    route_text: str | None = leaf("RouteOfAdministrationClarifyingFreeText")
    site: SigCode | None = part(SigCode, "SiteOfAdministration")
    site_text: str | None = leaf("SiteOfAdministrationClarifyingFreeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """AdministrationTiming: `before` `bedtime`, or a number of units around an event."""

    values: tuple[str, ...] = leaves(
        "AdministrationTimingNumericValue", numeric="decimal", group="value"
    )
    modifiers: tuple[str, ...] = leaves("VariableAdministrationTimingModifier", group="value")
    units: SigCode | None = part(SigCode, "AdministrationTimingUnits")
    modifier: SigCode | None = part(SigCode, "AdministrationTimingModifier")
    event: SigCode | None = part(SigCode, "AdministrationTimingEvent")
    clarifying_text: str | None = leaf("AdministrationTimingClarifyingFreeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """So many times (or one range of times) per unit of time."""

    values: tuple[str, ...] = leaves("FrequencyNumericValue", numeric="decimal", group="value")
    modifiers: tuple[str, ...] = leaves("VariableFrequencyModifier", group="value")
    units: SigCode | None = part(SigCode, "FrequencyUnits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Every so many units of time."""

    values: tuple[str, ...] = leaves("IntervalNumericValue", numeric="decimal", group="value")
    modifiers: tuple[str, ...] = leaves("VariableIntervalModifier", group="value")
    units: SigCode | None = part(SigCode, "IntervalUnits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """For so many units of time."""

    value: str | None = leaf("DurationNumericValue", numeric="decimal")
    units: SigCode | None = part(SigCode, "DurationText")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingAndDuration:
    """One of several; each usually holds one of its parts."""

    timing: Timing | None = part(Timing, "AdministrationTiming")
    frequency: Frequency | None = part(Frequency, "Frequency")
    interval: Interval | None = part(Interval, "Interval")
    rate: str | None = leaf("RateOfAdministration/RateOfAdministration", numeric="decimal")
    rate_unit: SigCode | None = part(SigCode, "RateOfAdministration/RateUnitOfMeasure")
    rate_period: SigCode | None = part(SigCode, "RateOfAdministration/TimePeriodBasis")
    clarifying_text: str | None = leaf("TimingClarifyingFreeText")
    duration: Duration | None = part(Duration, "Duration")
    duration_trigger: SigCode | None = part(SigCode, "DurationTrigger/Trigger")
    duration_text: str | None = leaf("DurationTrigger/DurationClarifyingFreeText")
    stop_indicator: SigCode | None = part(SigCode, "StopIndicator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication:
    """What it is for; the precursor says `as needed for` or the like."""

    precursor: SigCode | None = part(SigCode, "IndicationPrecursor", "IndicationPrescursor")
    indication: SigCode | None = part(SigCode, "Indication")
    values: tuple[SigCode, ...] = parts(SigCode, "IndicationValue")
    clarifying_text: str | None = leaf("IndicationClarifyingFreeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumDose:
    """At most so much in so long."""

    value: str | None = leaf("MaximumDoseRestrictionNumericValue", numeric="decimal")
    form: SigCode | None = part(SigCode, "MaximumDoseRestrictionForm")
    units: SigCode | None = part(SigCode, "MaximumDoseRestrictionUnits")
    duration_value: str | None = leaf("MaximumDoseRestrictionDurationValue", numeric="decimal")
    duration_units: SigCode | None = part(SigCode, "MaximumDoseRestrictionDurationUnit")
    clarifying_text: str | None = leaf("MaximumDoseRestrictionClarifyingFreeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    indicator: str | None = leaf("InstructionIndicator")
    administration_indicator: str | None = leaf("AdministrationIndicator")
    administration: DoseAdministration | None = part(DoseAdministration, "DoseAdministration")
    timings: tuple[TimingAndDuration, ...] = parts(TimingAndDuration, "TimingAndDuration")
    indications: tuple[Indication, ...] = parts(Indication, "IndicationForUse")
    indication_text: str | None = leaf("IndicationClarifyingFreeText")
    maximum_doses: tuple[MaximumDose, ...] = parts(MaximumDose, "MaximumDoseRestriction")
