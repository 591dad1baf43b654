"""Who pays which part of a price.

Every answer keeps `F9 + F5 = F6 + F7 - J5` (there are no taxes, incentives or other amounts here)
and `F5 = FH + FI + 4U`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ncpdp.telecom import Answer

from pharmonico.payer.drugs import PERCENT, ingredient_price_minor, rounded

if TYPE_CHECKING:
    from ncpdp.telecom import Claim

    from pharmonico.payer.account import Totals
    from pharmonico.payer.plans import Plan, Share

NOTHING_TO_PAY = "0000"
CONTRACT_PRICE = "03"


@dataclass(frozen=True, slots=True)
class Split:
    """How an allowed amount falls apart; what the four leave is the plan's part."""

    other_payer: int = 0
    deductible: int = 0
    copay: int = 0
    coinsurance: int = 0

    @property
    def patient(self) -> int:
        return self.deductible + self.copay + self.coinsurance


def price(
    plan: Plan, share: Share, totals: Totals, claim: Claim, *, member_id: str, authorization: str
) -> Answer:
    """The paid answer to a claim that nothing speaks against."""
    ingredient = ingredient_price_minor(
        claim.ndc, claim.quantity, discount_percent=plan.discount_percent
    )
    allowed = ingredient + plan.fee_minor
    split = (
        Split()
        if member_id.endswith(NOTHING_TO_PAY)
        else _split(plan, share, totals, claim, allowed)
    )
    return Answer(
        status="P",
        authorization_number=authorization,
        rx_number=claim.rx_number,
        ingredient_paid_minor=ingredient,
        fee_paid_minor=plan.fee_minor,
        other_payer_minor=split.other_payer or None,
        patient_pay_minor=split.patient,
        total_paid_minor=allowed - split.other_payer - split.patient,
        deductible_minor=split.deductible or None,
        copay_minor=None if split.coinsurance else split.copay,
        coinsurance_minor=split.coinsurance or None,
        basis=CONTRACT_PRICE,
    )


def counted(plan: Plan, answer: Answer) -> dict[str, int]:
    """What a paid claim adds to the member's year."""
    if plan.kind == "copay_card":
        return {"card_minor": answer.total_paid_minor or 0}
    if plan.kind == "cash_card":
        return {}
    return {
        "deductible_minor": answer.deductible_minor or 0,
        "out_of_pocket_minor": answer.patient_pay_minor or 0,
    }


def left_by_others(claim: Claim) -> int | None:
    """What the payer before left to the patient; None where nobody was billed before."""
    return claim.other_payers[-1].patient_responsibility_minor if claim.other_payers else None


def _split(plan: Plan, share: Share, totals: Totals, claim: Claim, allowed: int) -> Split:
    if plan.kind == "cash_card":
        return Split(copay=allowed)
    left = left_by_others(claim)
    still_open = allowed if left is None else min(max(left, 0), allowed)
    if plan.kind == "copay_card":
        return _card(plan, totals, allowed=allowed, still_open=still_open)
    deductible, rest = _deductible(plan, totals, allowed)
    by_percent = rounded(rest * Decimal(share.percent) / PERCENT)
    own = min(rest, by_percent if share.percent else share.copay_minor)
    if share.most_minor is not None:
        own = min(own, share.most_minor)
    most = _most(plan, totals, still_open)
    deductible = min(deductible, most)
    own = min(own, most - deductible)
    coinsurance = own if share.percent else 0
    return Split(
        other_payer=allowed - still_open,
        deductible=deductible,
        copay=own - coinsurance,
        coinsurance=coinsurance,
    )


def _card(plan: Plan, totals: Totals, *, allowed: int, still_open: int) -> Split:
    """A copay card pays up to its cap per fill and per year; the rest stays with the patient."""
    caps = [plan.cap_fill_minor]
    if plan.cap_year_minor is not None:
        caps.append(max(plan.cap_year_minor - totals.card_minor, 0))
    return Split(other_payer=allowed - still_open, copay=max(still_open - min(caps), 0))


def _deductible(plan: Plan, totals: Totals, allowed: int) -> tuple[int, int]:
    due = max(plan.deductible_minor - totals.deductible_minor, 0)
    part = min(due, allowed)
    return part, allowed - part


def _most(plan: Plan, totals: Totals, still_open: int) -> int:
    """Nobody pays more than is open, nor more than the year's maximum."""
    if plan.out_of_pocket_max_minor is None:
        return still_open
    return min(still_open, max(plan.out_of_pocket_max_minor - totals.out_of_pocket_minor, 0))
