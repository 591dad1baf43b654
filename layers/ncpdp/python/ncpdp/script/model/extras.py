"""What only some drugs come with: compounds, supplies, dates of their own."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, moment, part, parts
from ncpdp.script.model.drug import DrugUse, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One ingredient of a compound; `item_number` is an NDC where the qualifier is ND."""

    description: str | None = leaf(
        "CompoundIngredient/CompoundIngredientItemDescription", length_max=105
    )
    item_number: str | None = leaf("CompoundIngredient/ItemNumber/Code")
    item_number_qualifier: str | None = leaf("CompoundIngredient/ItemNumber/Qualifier")
    strength_value: str | None = leaf("CompoundIngredient/Strength/StrengthValue", numeric="free")
    strength_form_code: str | None = leaf("CompoundIngredient/Strength/StrengthForm/Code")
    strength_unit_code: str | None = leaf("CompoundIngredient/Strength/StrengthUnitOfMeasure/Code")
    dea_schedule_code: str | None = leaf("CompoundIngredient/DEASchedule/Code")
    quantity: Quantity | None = part(Quantity, "Quantity")
    lot_number: str | None = leaf("LotNumber")
    drug_use: tuple[DrugUse, ...] = parts(DrugUse, "DrugUseEvaluation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """A drug the pharmacy mixes; the dosage form is an NCIt code (medium confidence)."""

    dosage_form_code: str | None = leaf("FinalCompoundPharmaceuticalDosageForm")
    ingredients: tuple[Ingredient, ...] = parts(Ingredient, "CompoundIngredientsLotNotUsed")
    lot_ingredients: tuple[Ingredient, ...] = parts(Ingredient, "CompoundIngredientsLotUsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDate:
    """A date with a qualifier such as EffectiveDate, PeriodEnd or ExpirationDate."""

    date: str | None = moment("OtherMedicationDate")
    qualifier: str | None = leaf("OtherMedicationDateQualifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientNote:
    qualifier: str | None = leaf("Qualifier")
    value: str | None = leaf("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiabeticSupply:
    testing_frequency: str | None = leaf("TestingFrequency")
    testing_notes: str | None = leaf("TestingFrequencyNotes")
    supply_indicator: str | None = leaf("SupplyIndicator")
    insulin_dependent: str | None = leaf("InsulinDependent")
    automated_device: str | None = leaf("HasAutomatedInsulinDevice")
