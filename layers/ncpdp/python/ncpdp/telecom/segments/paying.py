"""What is paid, and which part of it stays with the patient (23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.telecom import parts as d0
from ncpdp.telecom.parts import Part
from ncpdp.telecom.segments.claiming import BenefitStage

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAmountPaid(Part):
    qualifier: str | None = d0.text("J3", 2)
    amount_minor: int | None = d0.money("J4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Part):
    """F9 + F5 is F6 + F7 + tax + incentive + other amounts, less what another payer paid."""

    patient_pay_minor: int | None = d0.money("F5")
    ingredient_paid_minor: int | None = d0.money("F6")
    fee_paid_minor: int | None = d0.money("F7")
    tax_exempt: str | None = d0.text("AV", 1)
    flat_tax_minor: int | None = d0.money("AW")
    percentage_tax_minor: int | None = d0.money("AX")
    tax_rate: Decimal | None = d0.rate("AY")
    tax_basis: str | None = d0.text("AZ", 2)
    incentive_minor: int | None = d0.money("FL")
    service_fee_paid_minor: int | None = d0.money("J1")
    other_amounts: tuple[OtherAmountPaid, ...] = d0.counted(OtherAmountPaid, "J2", items_max=3)
    other_payer_minor: int | None = d0.money("J5")
    total_paid_minor: int | None = d0.money("F9")
    basis: str | None = d0.text("FM", 2)
    patient_tax_minor: int | None = d0.money("FN")
    deductible_met_minor: int | None = d0.money("FC")
    deductible_left_minor: int | None = d0.money("FD")
    benefit_left_minor: int | None = d0.money("FE")
    deductible_minor: int | None = d0.money("FH")
    copay_minor: int | None = d0.money("FI")
    over_maximum_minor: int | None = d0.money("FK")
    fee_basis: str | None = d0.text("HH", 2)
    copay_basis: str | None = d0.text("HJ", 2)
    flat_tax_basis: str | None = d0.text("HK", 2)
    percentage_tax_basis: str | None = d0.text("HM", 2)
    processor_fee_minor: int | None = d0.money("NZ")
    patient_sales_tax_minor: int | None = d0.money("EQ")
    plan_sales_tax_minor: int | None = d0.money("2Y")
    coinsurance_minor: int | None = d0.money("4U")
    coinsurance_basis: str | None = d0.text("4V", 2)
    benefit_stages: tuple[BenefitStage, ...] = d0.counted(BenefitStage, "MU", items_max=4)
    generic_savings_minor: int | None = d0.money("G3")
    spending_account_left_minor: int | None = d0.money("UC")
    plan_assistance_minor: int | None = d0.money("UD")
    network_selection_minor: int | None = d0.money("UJ")
    brand_selection_minor: int | None = d0.money("UK")
    non_preferred_minor: int | None = d0.money("UM")
    brand_non_preferred_minor: int | None = d0.money("UN")
    coverage_gap_minor: int | None = d0.money("UP")
    contracted_ingredient_minor: int | None = d0.money("U8")
    contracted_fee_minor: int | None = d0.money("U9")
