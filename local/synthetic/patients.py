"""Patients with what a prescription says of them: who, where, insured how, taking what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pharmonico.reference import ages, interactions
from pharmonico.reference.ingredients import therapeutic_class
from pharmonico.reference.medications import by_ndc

from local.reference.medications import SYNTHETIC_LABELER, medications
from local.synthetic.addresses import address_at, phone_at, place_of
from local.synthetic.draws import dice_of, weighted
from local.synthetic.names import MARK, family_name, given_name, plain
from local.synthetic.plans import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from pharmonico.fulfillment.directory import Plan

    from local.synthetic.addresses import Address

AS_OF = date(2026, 1, 1)
"""The day their ages were drawn for: birth dates stay the same whenever they are made."""
PLANS = 200
"""Of as many plans everybody's is one."""
ADULT, YEAR_DAYS = 18, 365.25
MEDICINES_MAX = 5
_SEXES = {"F": 0.505, "M": 0.485, "U": 0.01}
_LANGUAGES = {"en": 0.86, "es": 0.14}
_BANDS = {(0, 17): 0.2, (18, 39): 0.25, (40, 64): 0.32, (65, 95): 0.23}
_ALLERGENS = ("Penicillin", "Sulfa drugs", "Codeine", "NSAIDs", "Lisinopril", "Erythromycin")
_COMMON = {
    *("amlodipine", "atorvastatin", "citalopram", "clopidogrel", "escitalopram"),
    *("furosemide", "gabapentin", "hydrochlorothiazide", "levothyroxine", "lisinopril"),
    *("losartan", "metformin", "metoprolol", "montelukast", "omeprazole"),
    *("pantoprazole", "rosuvastatin", "sertraline", "tamsulosin", "warfarin"),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """What the insurance card says."""

    plan: Plan
    member_id: str
    person_code: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who acts for a child."""

    first_name: str
    last_name: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Patient:
    """`medicines` are NDCs of what is taken already; `allergies` are words as people say them."""

    patient_id: str
    first_name: str
    middle_name: str
    last_name: str
    born: date
    sex: str
    language: str
    address: Address
    phone: str
    email: str
    membership: Membership
    allergies: tuple[str, ...]
    medicines: tuple[str, ...]
    guardian: Guardian | None = None
    is_synthetic: bool = True


def patient(number: int, *, seed: int = 1) -> Patient:
    """One patient."""
    dice = dice_of("patient", seed, number)
    sex, place = weighted(dice, _SEXES), place_of(dice)
    youngest, oldest = weighted(dice, _BANDS)
    years = dice.uniform(youngest, oldest + 1)
    first, last = given_name(dice, sex), family_name(dice)
    is_child = years < ADULT
    return Patient(
        patient_id=f"patient-{number:06d}",
        first_name=first,
        middle_name=MARK,
        last_name=last,
        born=AS_OF - timedelta(days=int(years * YEAR_DAYS)),
        sex=sex,
        language=weighted(dice, _LANGUAGES),
        address=address_at(dice, place),
        phone=phone_at(dice, place),
        email=f"{plain(first)}.{plain(last)}.{number}@patients.example",
        membership=_membership(dice, number, seed=seed, is_child=is_child),
        allergies=_allergies(dice),
        medicines=_medicines(dice, years),
        guardian=Guardian(given_name(dice, "U"), last, "parent") if is_child else None,
    )


def patients(count: int, *, seed: int = 1) -> Iterator[Patient]:
    """So many patients, made one by one."""
    return (patient(number, seed=seed) for number in range(count))


def _membership(dice: Random, number: int, *, seed: int, is_child: bool) -> Membership:
    """The last four digits are above 1000: below are the sandbox's magic values."""
    return Membership(
        plan=plan(dice.randrange(PLANS), seed=seed),
        member_id=f"SYN{number:06d}{dice.randint(1001, 9999)}",
        person_code="03" if is_child else "01",
        relationship="child" if is_child else "self",
    )


def _allergies(dice: Random) -> tuple[str, ...]:
    count = weighted(dice, {0: 0.75, 1: 0.2, 2: 0.05})
    return tuple(dice.sample(_ALLERGENS, k=count))


def _medicines(dice: Random, years: float) -> tuple[str, ...]:
    """More with age, one of a class, and none that are dangerous together or at that age."""
    wanted = min(MEDICINES_MAX, int(dice.expovariate(20 / max(years, 1))))
    chosen: list[str] = []
    for ndc in dice.sample(_catalogue(), k=min(4 * wanted, len(_catalogue()))):
        if len(chosen) == wanted:
            break
        if _suits(ndc, chosen, years):
            chosen.append(ndc)
    return tuple(chosen)


def _suits(ndc: str, chosen: Sequence[str], years: float) -> bool:
    mine = _ingredients(ndc)
    others = [name for other in chosen for name in _ingredients(other)]
    if {_class(name) for name in mine} & {_class(name) for name in others}:
        return False
    grave = any(
        each.severity in interactions.SEVERITIES[:2] for each in interactions.among(mine, others)
    )
    return not grave and not any(ages.concerns(name, years=years) for name in mine)


def _class(ingredient: str) -> str:
    known = therapeutic_class(ingredient)
    return known.code if known else ingredient


def _ingredients(ndc: str) -> tuple[str, ...]:
    product = by_ndc(ndc)
    return product.ingredients if product else ()


@lru_cache(maxsize=1)
def _catalogue() -> tuple[str, ...]:
    """Real packages of what many people take by mouth, one common ingredient each."""
    return tuple(
        row["ndc11"]
        for row in medications()
        if row["ingredients"] in _COMMON
        and row["route"] == "oral"
        and not row["ndc11"].startswith(SYNTHETIC_LABELER)
    )
