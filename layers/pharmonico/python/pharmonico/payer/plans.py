"""Plans and their formularies, and which plan a claim's BIN, PCN and group lead to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pharmonico.payer.drugs import Drug

FROZEN = ConfigDict(frozen=True, defer_build=True)
ANY = "*"
UNKNOWN_BIN, UNKNOWN_PCN, UNKNOWN_GROUP = "01", "04", "06"


class Share(BaseModel):
    """What the patient pays of a tier: a copay, or a percentage with an upper bound."""

    model_config = FROZEN

    copay_minor: int = 0
    percent: int = 0
    most_minor: int | None = None


class Coverage(BaseModel):
    """What a formulary says about an ingredient (or a class of them); the first that fits counts.

    `step_first` names ingredients of which one must have been tried; `quantity_a_day` counts the
    claim's own unit.
    """

    model_config = FROZEN

    ingredients: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    tier: str = ANY
    is_covered: bool = True
    needs_authorization: bool = False
    step_first: tuple[str, ...] = ()
    quantity_a_day: Decimal | None = None
    age_min: int | None = None
    age_max: int | None = None
    specialty_only: bool = False


class Enrollee(BaseModel):
    """What a plan knows of a member beforehand; other members are taken as their claims say."""

    model_config = FROZEN

    date_of_birth: date | None = None
    person_codes: tuple[str, ...] = ()
    ended_on: date | None = None


class Plan(BaseModel):
    """One plan of a payer; money in minor units.

    `kind`: insurance pays its part, a copay card takes over what another payer left to the
    patient, a cash card only lowers the price. `programme` marks plans of a federal or state
    health programme, for whose members a copay card must not pay.
    """

    model_config = FROZEN

    bin: str
    pcn: str
    group: str = ANY
    name: str
    kind: Literal["insurance", "copay_card", "cash_card"] = "insurance"
    programme: Literal["medicare", "medicaid", "tricare", "va", "chip"] | None = None
    tiers: dict[str, Share] = {}
    formulary: tuple[Coverage, ...] = ()
    is_closed: bool = False
    """A closed formulary covers what it lists and nothing else."""
    discount_percent: int = 0
    fee_minor: int = 200
    deductible_minor: int = 0
    out_of_pocket_max_minor: int | None = None
    cap_fill_minor: int = 0
    cap_year_minor: int | None = None
    days_supply_max: int | None = None
    refill_percent: int | None = None
    """How much of the last supply must be used up before the next fill."""
    reviews_drug_use: bool = False
    pays_second: bool = False
    pharmacies: tuple[str, ...] = ()
    """NPIs of the network; none named: every pharmacy."""
    specialty_pharmacies: tuple[str, ...] = ()
    ended_on: date | None = None
    written_days_max: int | None = None
    enrollees: dict[str, Enrollee] = {}

    def coverage(self, drug: Drug) -> Coverage | None:
        """What the formulary says; None where a closed one does not list the drug."""
        for entry in self.formulary:
            if set(entry.ingredients) & set(drug.ingredients) or set(entry.classes) & drug.classes:
                return entry if entry.is_covered else None
        return None if self.is_closed else Coverage(tier=drug.tier)

    def share(self, tier: str) -> Share:
        return self.tiers.get(tier) or self.tiers.get(ANY) or Share()


def find_plan(plans: Iterable[Plan], *, bin_: str, pcn: str, group: str) -> Plan | str:
    """The plan, or the reject code for the first of BIN, PCN and group that fits none."""
    fitting = [plan for plan in plans if plan.bin == bin_]
    if not fitting:
        return UNKNOWN_BIN
    fitting = [plan for plan in fitting if plan.pcn == pcn]
    if not fitting:
        return UNKNOWN_PCN
    exact = [plan for plan in fitting if plan.group == group]
    anyone = [plan for plan in fitting if plan.group == ANY]
    return next(iter(exact + anyone), UNKNOWN_GROUP)
