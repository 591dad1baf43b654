"""Why a claim is refused: what is missing first, then coverage, limits and drug-use review.

Each edit is a small function that yields reject codes; all of one round are told at once, at most
five, and a later round is asked only of a claim that passed the earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ncpdp import identifiers
from ncpdp.telecom import Answer, DurAlert

from pharmonico.payer.drugs import duplicated_classes
from pharmonico.payer.pricing import left_by_others
from pharmonico.reference import interactions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom import Claim, Member, RequestHeader

    from pharmonico.payer.account import Account
    from pharmonico.payer.drugs import Drug
    from pharmonico.payer.plans import Coverage, Plan

REJECTS_MAX = 5
ALERTS_MAX = 9
NDC_DIGITS = 11
STEP_YEAR = timedelta(days=365)
COPAY_ONLY = "08"
SIGNIFICANCE = {"contraindicated": "1", "major": "1"}
PLAYED = DurAlert(reason="DD", significance="1", text="SYNTHETIC INTERACTION ALERT")
WORDS = {
    "41": "BILL OTHER PAYER FIRST",
    "60": "PRODUCT NOT COVERED FOR PATIENT AGE",
    "65": "PATIENT IS NOT COVERED",
    "70": "PRODUCT NOT COVERED",
    "75": "PRIOR AUTHORIZATION REQUIRED",
    "76": "PLAN LIMITATIONS EXCEEDED",
    "79": "REFILL TOO SOON",
    "88": "DUR REJECT: SEE THE ALERT",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with all that is known about it."""

    header: RequestHeader
    member: Member
    claim: Claim
    plan: Plan
    account: Account
    drug: Drug
    key: str
    on: date
    is_government_before: bool
    """Whether the payer billed before belongs to a federal or state health programme."""


def broken_fields(header: RequestHeader, member: Member, claim: Claim) -> tuple[str, ...]:
    """The reject codes of what is missing or malformed."""
    checks = (
        ("05", identifiers.npi_problem(header.provider_id.strip()) is not None),
        ("07", not member.cardholder_id),
        ("09", day_of(member.date_of_birth) is None),
        ("19", claim.days_supply <= 0),
        ("21", len(claim.ndc) != NDC_DIGITS or not claim.ndc.isdigit()),
        ("25", identifiers.npi_problem(claim.prescriber_npi) is not None),
        ("28", day_of(claim.date_written) is None),
    )
    return tuple(code for code, is_broken in checks if is_broken)[:REJECTS_MAX]


def refusal(case: Case) -> Answer | None:
    """The first round that speaks against the claim, as an answer."""
    for round_ in (_magic, _enrollment, _coverage, _limits):
        if codes := tuple(dict.fromkeys(round_(case)))[:REJECTS_MAX]:
            return refused(*codes, alerts=(PLAYED,) if codes == ("88",) else ())
    if alerts := tuple(_alerts(case))[:ALERTS_MAX]:
        return refused("88", alerts=alerts)
    return None


def refused(*codes: str, alerts: tuple[DurAlert, ...] = (), words: str = "") -> Answer:
    said = words or "; ".join(WORDS[code] for code in codes if code in WORDS)
    return Answer(status="R", rejects=codes, message=said, dur=alerts)


def day_of(text: str) -> date | None:
    """CCYYMMDD, or None for what is no day."""
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _magic(case: Case) -> Iterator[str]:
    """Endings of member ids that call for an answer: 75 is lifted by a prior authorization
    number, 88 by a DUR answer, the others stay."""
    ending = case.member.cardholder_id[-4:]
    if ending == "0075" and not case.claim.prior_authorization_number:
        yield "75"
    if ending == "0088" and not case.claim.dur:
        yield "88"
    if ending in ("0079", "0070", "0065"):
        yield ending[-2:]


def _enrollment(case: Case) -> Iterator[str]:
    plan, known = case.plan, case.plan.enrollees.get(case.member.cardholder_id)
    if plan.pharmacies and case.header.provider_id.strip() not in plan.pharmacies:
        yield "40"
    if known and known.date_of_birth not in (None, day_of(case.member.date_of_birth)):
        yield "09"
    if known and known.person_codes and case.member.person_code not in known.person_codes:
        yield "08"
    ends = [each for each in (plan.ended_on, known and known.ended_on) if each]
    if ends and case.on > min(ends):
        yield "69"
    if _is_out_of_turn(case):
        yield "41"
    if plan.kind == "copay_card" and case.is_government_before:
        yield "65"


def _is_out_of_turn(case: Case) -> bool:
    """A second payer wants to know what the first one left; a copay card, as a copay-only bill."""
    if case.plan.kind == "copay_card":
        is_copay_only = case.claim.other_coverage.zfill(2) == COPAY_ONLY
        return not is_copay_only or left_by_others(case.claim) is None
    return case.plan.pays_second and not case.claim.other_payers


def _coverage(case: Case) -> Iterator[str]:
    claim, plan, rule = case.claim, case.plan, case.plan.coverage(case.drug)
    written = day_of(claim.date_written)
    if written and written > case.on:
        yield "82"
    if written and plan.written_days_max and (case.on - written).days > plan.written_days_max:
        yield "81"
    if rule is None:
        yield "70" if case.drug.ingredients else "54"
        return
    if rule.specialty_only and case.header.provider_id.strip() not in plan.specialty_pharmacies:
        yield "4W"
    if not _is_of_age(rule, case):
        yield "60"
    if (rule.needs_authorization or not _has_stepped(rule, case)) and not _is_authorized(case):
        yield "75"


def _is_of_age(rule: Coverage, case: Case) -> bool:
    born = day_of(case.member.date_of_birth)
    if born is None:
        return True
    age = case.on.year - born.year - ((case.on.month, case.on.day) < (born.month, born.day))
    is_old_enough = rule.age_min is None or age >= rule.age_min
    return is_old_enough and (rule.age_max is None or age <= rule.age_max)


def _has_stepped(rule: Coverage, case: Case) -> bool:
    """Whether one of the drugs to be tried first was filled within a year."""
    tried = {
        name
        for fill in case.account.fills
        if case.on - STEP_YEAR <= fill.on <= case.on
        for name in fill.ingredients
    }
    return not rule.step_first or bool(tried & set(rule.step_first))


def _is_authorized(case: Case) -> bool:
    known = case.account.authorization(case.claim.prior_authorization_number)
    return known is not None and known.covers(case.drug.ndc, case.drug.ingredients, case.on)


def _limits(case: Case) -> Iterator[str]:
    claim, plan, rule = case.claim, case.plan, case.plan.coverage(case.drug)
    if plan.days_supply_max and claim.days_supply > plan.days_supply_max:
        yield "7X"
    if rule and rule.quantity_a_day and claim.quantity > rule.quantity_a_day * claim.days_supply:
        yield "76"
    if plan.refill_percent is not None and _is_too_soon(case, plan.refill_percent):
        yield "79"


def _is_too_soon(case: Case, percent: int) -> bool:
    """Whether less than so much of an earlier supply of the same drug is used up."""
    return any(
        (case.on - fill.on).days * 100 < percent * fill.days
        for fill in case.account.active(case.on)
        if fill.claim != case.key and _is_same_drug(fill.ndc, fill.ingredients, case.drug)
    )


def _is_same_drug(ndc: str, ingredients: tuple[str, ...], drug: Drug) -> bool:
    if drug.ingredients:
        return set(ingredients) == set(drug.ingredients)
    return ndc == drug.ndc


def _alerts(case: Case) -> Iterator[DurAlert]:
    """What a review of the member's other drugs finds, unless a pharmacist has answered for it."""
    if not case.plan.reviews_drug_use:
        return
    answered = {dur.reason for dur in case.claim.dur if dur.service and dur.result}
    own = duplicated_classes(case.drug.ingredients)
    for fill in case.account.active(case.on):
        if fill.claim == case.key or _is_same_drug(fill.ndc, fill.ingredients, case.drug):
            continue
        for found in interactions.among(case.drug.ingredients, fill.ingredients):
            if found.severity in SIGNIFICANCE and "DD" not in answered:
                text = f"{found.perpetrator} WITH {found.victim}".upper()[:30]
                yield DurAlert(
                    reason="DD", significance="1", text=text, previous_fill=_day(fill.on)
                )
        if own & duplicated_classes(fill.ingredients) and "TD" not in answered:
            yield DurAlert(
                reason="TD",
                significance="2",
                text="THERAPEUTIC DUPLICATION",
                previous_fill=_day(fill.on),
            )


def _day(at: date) -> str:
    return at.strftime("%Y%m%d")
