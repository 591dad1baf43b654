"""The payer's synthetic plans and prices, and what they make of one claim.

Every answer keeps `F9 + F5 = F6 + F7 - J5` (no tax, incentive or other amounts here) and
`F5 = FI + 4U`. Prices are invented from the NDC's digits: they look plausible and mean nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ncpdp.telecom import Answer

if TYPE_CHECKING:
    from ncpdp.telecom import Claim

PLANS_FILE = Path(__file__).parent / "data" / "plans.json"
FEE_MINOR = 200
UNIT_PRICE_MINOR_MIN = 40
UNIT_PRICE_SPREAD = 200
ANY_GROUP = "*"
NOTHING_TO_PAY = "0000"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One row of plans.json; `kind` is copay, coinsurance or copay_card."""

    bin: str
    pcn: str
    group: str
    name: str
    kind: str
    copay_minor: int = 0
    coinsurance_percent: int = 0
    cap_minor: int = 0


def read_plans(file: Path = PLANS_FILE) -> tuple[Plan, ...]:
    return tuple(Plan(**row) for row in json.loads(file.read_text()))


def find_plan(plans: tuple[Plan, ...], *, bin_: str, pcn: str, group: str) -> Plan | str:
    """The plan, or the reject code for the first of BIN, PCN and group that fits none."""
    fitting = [plan for plan in plans if plan.bin == bin_]
    if not fitting:
        return "01"
    fitting = [plan for plan in fitting if plan.pcn == pcn]
    if not fitting:
        return "04"
    fitting = [plan for plan in fitting if plan.group in (ANY_GROUP, group)]
    return fitting[0] if fitting else "06"


def ingredient_price_minor(ndc: str, quantity: Decimal) -> int:
    """A synthetic unit price between 0.40 and 2.39, the same for the same NDC, times quantity."""
    digest = hashlib.sha256(ndc.encode()).digest()
    unit_minor = UNIT_PRICE_MINOR_MIN + int.from_bytes(digest[:2]) % UNIT_PRICE_SPREAD
    return int((unit_minor * quantity).to_integral_value(ROUND_HALF_UP))


def price(plan: Plan, claim: Claim, *, member_id: str, authorization: str) -> Answer:
    """A paid answer: what the plan allows, and who pays which part of it."""
    ingredient = ingredient_price_minor(claim.ndc, claim.quantity)
    allowed = ingredient + FEE_MINOR
    other_payer, patient = _shares(plan, claim, allowed)
    if member_id.endswith(NOTHING_TO_PAY):
        patient = 0
    by_percent = plan.kind == "coinsurance"
    return Answer(
        status="P",
        authorization_number=authorization,
        rx_number=claim.rx_number,
        ingredient_paid_minor=ingredient,
        fee_paid_minor=FEE_MINOR,
        other_payer_minor=other_payer or None,
        patient_pay_minor=patient,
        total_paid_minor=allowed - other_payer - patient,
        copay_minor=None if by_percent else patient,
        coinsurance_minor=patient if by_percent else None,
        basis="03",
    )


def _shares(plan: Plan, claim: Claim, allowed: int) -> tuple[int, int]:
    """What another payer already covered, and what stays with the patient."""
    if plan.kind == "copay_card":
        left = claim.other_payers[-1].patient_responsibility_minor if claim.other_payers else None
        open_amount = min(allowed if left is None else max(left, 0), allowed)
        return allowed - open_amount, max(open_amount - plan.cap_minor, 0)
    if plan.kind == "coinsurance":
        part = Decimal(allowed * plan.coinsurance_percent) / 100
        return 0, int(part.to_integral_value(ROUND_HALF_UP))
    return 0, min(plan.copay_minor, allowed)
