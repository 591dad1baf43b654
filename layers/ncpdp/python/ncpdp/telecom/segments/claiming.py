"""What is billed: payers before (05), claim (07), DUR (08), coupon (09), compound (10), price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.telecom import parts as d0
from ncpdp.telecom.parts import Part

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidByOther(Part):
    qualifier: str | None = d0.text("HC", 2)
    amount_minor: int | None = d0.money("DV")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientShare(Part):
    """What another payer left to the patient; qualifier 06 is the whole of it."""

    qualifier: str | None = d0.text("NP", 2)
    amount_minor: int | None = d0.money("NQ")


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitStage(Part):
    qualifier: str | None = d0.text("MV", 2)
    amount_minor: int | None = d0.money("MW")


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedByOther(Part):
    code: str | None = d0.text("6E", 3, table="reject")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerBefore(Part):
    """One payer that was billed before: coverage type 01 primary, 02 secondary, ..."""

    coverage_type: str | None = d0.text("5C", 2)
    id_qualifier: str | None = d0.text("6C", 2)
    id: str | None = d0.text("7C", 10)
    date: str | None = d0.day("E8")
    control_number: str | None = d0.text("A7", 30)
    paid: tuple[PaidByOther, ...] = d0.counted(PaidByOther, "HB")
    rejects: tuple[RejectedByOther, ...] = d0.counted(RejectedByOther, "5E", digits=2, items_max=5)
    patient_shares: tuple[PatientShare, ...] = d0.counted(PatientShare, "NR", items_max=25)
    benefit_stages: tuple[BenefitStage, ...] = d0.counted(BenefitStage, "MU", items_max=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPayers(Part):
    """Coordination of benefits: the payers before this one."""

    payers: tuple[PayerBefore, ...] = d0.counted(PayerBefore, "4C")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureModifier(Part):
    code: str | None = d0.text("ER", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification(Part):
    code: str | None = d0.text("DK", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispensing(Part):
    """The claim segment (07): which prescription, what was dispensed, how."""

    reference_qualifier: str | None = d0.text("EM", 1, table="reference_qualifier")
    rx_number: str | None = d0.text("D2", 12)
    product_qualifier: str | None = d0.text("E1", 2)
    product_id: str | None = d0.text("D7", 19)
    associated_rx_number: str | None = d0.text("EN", 12)
    associated_rx_date: str | None = d0.day("EP")
    procedure_modifiers: tuple[ProcedureModifier, ...] = d0.counted(ProcedureModifier, "SE")
    quantity: Decimal | None = d0.quantity("E7")
    fill_number: int | None = d0.number("D3", 2, digits=2)
    days_supply: int | None = d0.number("D5", 3)
    compound: str | None = d0.text("D6", 1, table="compound")
    daw: str | None = d0.text("D8", 1, table="daw")
    date_written: str | None = d0.day("DE")
    refills: int | None = d0.number("DF", 2, digits=2)
    origin: str | None = d0.text("DJ", 1, table="origin")
    clarifications: tuple[Clarification, ...] = d0.counted(Clarification, "NX", items_max=3)
    quantity_prescribed: Decimal | None = d0.quantity("ET")
    other_coverage: str | None = d0.text("C8", 2, table="other_coverage")
    special_packaging: str | None = d0.text("DT", 1)
    prescribed_product_qualifier: str | None = d0.text("EJ", 2)
    prescribed_product_id: str | None = d0.text("EA", 19)
    prescribed_product_quantity: Decimal | None = d0.quantity("EB")
    alternate_id: str | None = d0.text("CW", 20)
    scheduled_rx_id: str | None = d0.text("EK", 12)
    unit_of_measure: str | None = d0.text("28", 2, table="unit")
    level_of_service: str | None = d0.text("DI", 2)
    prior_authorization_type: str | None = d0.text("EU", 2)
    prior_authorization_number: str | None = d0.text("EV", 11)
    intermediary_authorization_type: str | None = d0.text("EW", 2)
    intermediary_authorization: str | None = d0.text("EX", 11)
    dispensing_status: str | None = d0.text("HD", 1, table="dispensing_status")
    quantity_intended: Decimal | None = d0.quantity("HF")
    days_supply_intended: int | None = d0.number("HG", 3)
    delay_reason: str | None = d0.text("NV", 2)
    transaction_reference: str | None = d0.text("K5", 10)
    medicaid_control_number: str | None = d0.text("N4", 20)
    assignment: str | None = d0.text("MT", 1)
    route: str | None = d0.text("E2", 11)
    compound_type: str | None = d0.text("G1", 2)
    pharmacy_service_type: str | None = d0.text("U7", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DurEntry(Part):
    """A pharmacist's word on one drug-use conflict."""

    reason: str | None = d0.text("E4", 2, table="dur_reason")
    service: str | None = d0.text("E5", 2, table="dur_service")
    result: str | None = d0.text("E6", 2, table="dur_result")
    effort: str | None = d0.text("8E", 2, table="dur_effort")
    agent_qualifier: str | None = d0.text("J9", 2)
    agent_id: str | None = d0.text("H6", 19)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugUseReview(Part):
    entries: tuple[DurEntry, ...] = d0.numbered(DurEntry, "7E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon(Part):
    type: str | None = d0.text("KE", 2)
    number: str | None = d0.text("ME", 15)
    amount_minor: int | None = d0.money("NE")


@dataclass(frozen=True, slots=True, kw_only=True)
class IngredientModifier(Part):
    code: str | None = d0.text("2H", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient(Part):
    product_qualifier: str | None = d0.text("RE", 2)
    product_id: str | None = d0.text("TE", 19)
    quantity: Decimal | None = d0.quantity("ED")
    cost_minor: int | None = d0.money("EE")
    basis: str | None = d0.text("UE", 2)
    modifiers: tuple[IngredientModifier, ...] = d0.counted(
        IngredientModifier, "2G", digits=2, items_max=10
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound(Part):
    dosage_form: str | None = d0.text("EF", 2)
    unit_form: str | None = d0.text("EG", 1)
    ingredients: tuple[Ingredient, ...] = d0.counted(Ingredient, "EC", digits=2, items_max=25)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAmount(Part):
    qualifier: str | None = d0.text("H8", 2)
    amount_minor: int | None = d0.money("H9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Part):
    """What the pharmacy asks for."""

    ingredient_minor: int | None = d0.money("D9")
    fee_minor: int | None = d0.money("DC")
    service_fee_minor: int | None = d0.money("BE")
    patient_paid_minor: int | None = d0.money("DX")
    incentive_minor: int | None = d0.money("E3")
    other_amounts: tuple[OtherAmount, ...] = d0.counted(OtherAmount, "H7", items_max=3)
    flat_tax_minor: int | None = d0.money("HA")
    percentage_tax_minor: int | None = d0.money("GE")
    tax_rate: Decimal | None = d0.rate("HE")
    tax_basis: str | None = d0.text("JE", 2)
    usual_and_customary_minor: int | None = d0.money("DQ")
    gross_due_minor: int | None = d0.money("DU")
    basis: str | None = d0.text("DN", 2)
    medicaid_paid_minor: int | None = d0.money("N3")
