"""What happens to a made-up patient at a made-up prescriber: the mix that a day's messages tell of.

Seven in ten messages are new prescriptions, the others come back to one of them. Of the new ones
15 % are specialty drugs, 12 % controlled substances, 3 % have a wrong identifier, and 4 % go
badly with what the same patient was prescribed shortly before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pharmonico.payer.plans import ANY
from pharmonico.reference import ages, allergies, interactions

from local.seed.payer_plans import PLANS
from local.seed.pharmacies import pharmacies
from local.synthetic.draws import dice_of, weighted
from local.synthetic.patients import ADULT, AS_OF, YEAR_DAYS, patient
from local.synthetic.prescribers import prescriber
from local.synthetic.regimens import REFILLS_MAX, regimens

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.payer.plans import Plan

    from local.synthetic.patients import Patient
    from local.synthetic.prescribers import Prescriber
    from local.synthetic.regimens import Pool, Regimen

Kind = Literal["new", "cancel", "renewal", "change", "replay"]
Flaw = Literal["npi", "dea", "ndc"]

KINDS: dict[Kind, float] = {
    "new": 0.7,
    "cancel": 0.1,
    "renewal": 0.12,
    "change": 0.06,
    "replay": 0.02,
}
ADULTS: dict[Pool, float] = {"ordinary": 0.66, "specialty": 0.19, "controlled": 0.15}
"""A fifth are children, who get ordinary drugs: of everybody it comes to 15 % and 12 %."""
BAD_IDENTIFIER, INTERACTING = 0.03, 0.04
PRESCRIBERS = 50
REACH = 20
"""So many messages back lies what a later one is about."""
PLAN_SHARES = {
    "MEDDPRIME": 0.2,
    "MEDICAID": 0.12,
    "TRICARE": 0.03,
    "VA": 0.02,
    "CHIP": 0.02,
    "ADV": 0.25,
    "HMO": 0.14,
    "PPO": 0.12,
    "HDHP": 0.06,
    "SPECIALTY": 0.04,
}
"""How often each of the simulated payer's plans is met, by processor control number."""
MAGIC = {
    "": 0.94,
    "0075": 0.015,
    "0079": 0.01,
    "0070": 0.01,
    "0065": 0.01,
    "0088": 0.01,
    "0092": 0.005,
}
"""How member ids end, so that a payer refuses a few claims; the endings are the sandbox's."""
REFILLS = {0: 0.45, 1: 0.1, 2: 0.1, 3: 0.2, 5: 0.1, 11: 0.05}
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Coverage:
    """The card of the patient: `plan` is one of those the simulated payer knows."""

    plan: Plan
    member_id: str

    @property
    def group(self) -> str:
        """A plan that takes every group gets a made-up one."""
        return "SYN" if self.plan.group == ANY else self.plan.group


@dataclass(frozen=True, slots=True)
class Case:
    """One message's facts; `about` is the number of the message that it comes back to."""

    number: int
    kind: Kind
    patient: Patient
    prescriber: Prescriber
    pharmacy: Pharmacy
    coverage: Coverage
    regimen: Regimen
    about: int | None = None
    flaw: Flaw | None = None
    interacts_with: int | None = None


class _Fate(NamedTuple):
    kind: Kind
    is_flawed: bool
    is_interacting: bool

    @property
    def is_plain(self) -> bool:
        return self.kind == "new" and not (self.is_flawed or self.is_interacting)


def case(number: int, *, seed: int = 1) -> Case:
    """What message `number` is about; a new prescription where nothing earlier fits."""
    fate, dice = _fate(number, seed), dice_of("case", seed, number)
    if fate.kind == "new":
        return _new(number, fate, dice, seed)
    partner = _partner(number, dice, seed, _REVISITED[fate.kind])
    if partner is None:
        return _new(number, _Fate("new", is_flawed=False, is_interacting=False), dice, seed)
    return replace(partner, number=number, kind=fate.kind, about=partner.number)


def _fate(number: int, seed: int) -> _Fate:
    dice = dice_of("fate", seed, number)
    kind, drawn = weighted(dice, KINDS), dice.random()
    return _Fate(
        kind,
        is_flawed=drawn < BAD_IDENTIFIER,
        is_interacting=BAD_IDENTIFIER <= drawn < BAD_IDENTIFIER + INTERACTING,
    )


@lru_cache(maxsize=4 * REACH)
def _plain(number: int, seed: int) -> Case:
    """A new prescription without a flaw, which later messages may come back to."""
    fate = _Fate("new", is_flawed=False, is_interacting=False)
    return _new(number, fate, dice_of("case", seed, number), seed)


def _partner(number: int, dice: Random, seed: int, suits: Callable[[Case], bool]) -> Case | None:
    last = number - dice.randint(1, REACH)
    for earlier in range(last, max(last - REACH, -1), -1):
        if _fate(earlier, seed).is_plain and suits(found := _plain(earlier, seed)):
            return found
    return None


def _is_uncontrolled(earlier: Case) -> bool:
    """Drug facts of a controlled substance are not changed."""
    return earlier.regimen.schedule is None


def _is_used_up(earlier: Case) -> bool:
    """Nobody asks for more while there are refills left."""
    return _is_uncontrolled(earlier) and earlier.regimen.refills == 0


_REVISITED: dict[Kind, Callable[[Case], bool]] = {
    "cancel": lambda _: True,
    "replay": lambda _: True,
    "renewal": _is_used_up,
    "change": _is_uncontrolled,
}


def _new(number: int, fate: _Fate, dice: Random, seed: int) -> Case:
    made = _ordinary(number, dice, seed)
    if fate.is_interacting:
        return _interacting(made, dice, seed)
    return replace(made, flaw=_flaw(made, dice)) if fate.is_flawed else made


def _ordinary(number: int, dice: Random, seed: int) -> Case:
    who = patient(number, seed=seed)
    regimen = _with_refills(_regimen(who, dice), dice)
    return Case(
        number=number,
        kind="new",
        patient=who,
        prescriber=_prescriber(regimen, dice, seed),
        pharmacy=_pharmacy(who, regimen, dice),
        coverage=_coverage(number, dice),
        regimen=regimen,
    )


def _interacting(made: Case, dice: Random, seed: int) -> Case:
    """The patient of an earlier message, and a drug that goes badly with the earlier one."""
    partner = _partner(made.number, dice, seed, lambda earlier: _clashes(earlier.regimen) != ())
    if partner is None:
        return made
    regimen = dice.choice(_clashes(partner.regimen))
    return replace(partner, number=made.number, regimen=regimen, interacts_with=partner.number)


@lru_cache(maxsize=4 * REACH)
def _clashes(regimen: Regimen) -> tuple[Regimen, ...]:
    grave = interactions.SEVERITIES[:2]
    return tuple(
        other
        for other in regimens()["ordinary"]
        if any(
            found.severity in grave
            for found in interactions.among(regimen.ingredients, other.ingredients)
        )
    )


def _flaw(made: Case, dice: Random) -> Flaw:
    return dice.choice(("dea", "npi", "ndc") if made.regimen.schedule else ("npi", "ndc"))


def _regimen(who: Patient, dice: Random) -> Regimen:
    """One that is nothing to be warned about at this age and with these allergies."""
    years = (AS_OF - who.born).days / YEAR_DAYS
    pool = regimens()[weighted(dice, ADULTS) if years >= ADULT else "ordinary"]
    drawn = (dice.choice(pool) for _ in range(_TRIES))
    return next(one for one in drawn if _suits(one, who, years))


def _with_refills(regimen: Regimen, dice: Random) -> Regimen:
    """Many are to be taken once; within a year, and within what the schedule allows."""
    refills = weighted(dice, REFILLS)
    return replace(regimen, refills=min(refills, REFILLS_MAX[regimen.schedule]))


def _suits(regimen: Regimen, who: Patient, years: float) -> bool:
    warned = any(ages.concerns(name, years=years) for name in regimen.ingredients)
    return not warned and not any(
        allergies.matches(allergies.allergen_of(words), name)
        for words in who.allergies
        for name in regimen.ingredients
    )


def _prescriber(regimen: Regimen, dice: Random, seed: int) -> Prescriber:
    drawn = (prescriber(dice.randrange(PRESCRIBERS), seed=seed) for _ in range(_TRIES))
    return next(one for one in drawn if one.dea_number or not regimen.schedule)


def _pharmacy(who: Patient, regimen: Regimen, dice: Random) -> Pharmacy:
    """Where the prescriber sends it: one that may ship there, as a prescriber's system shows."""
    known = [
        one
        for one in _known_pharmacies()
        if who.address.state in one.licences
        and (regimen.schedule is None or regimen.schedule in one.dea_schedules)
    ]
    return dice.choice(known or _known_pharmacies())


@lru_cache(maxsize=1)
def _known_pharmacies() -> tuple[Pharmacy, ...]:
    return pharmacies()


def _coverage(number: int, dice: Random) -> Coverage:
    pcn = weighted(dice, PLAN_SHARES)
    plan = next(plan for plan in PLANS if plan.pcn == pcn)
    ending = weighted(dice, MAGIC) or f"{dice.randint(1001, 9999)}"
    return Coverage(plan=plan, member_id=f"SYN{number:06d}{ending}")
