"""Usual adult doses per ingredient and route, and how strong an opioid is beside oral morphine."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pharmonico.reference.files import rows

ORAL = "oral"


class UsualDose(NamedTuple):
    """Milligrams an adult usually takes in `per_days` days: 7 for what is taken weekly."""

    ingredient: str
    route: str
    low: Decimal
    high: Decimal
    per_days: int
    source: str


class DoseConcern(NamedTuple):
    """`given` is what the prescription comes to, in milligrams per the usual dose's days."""

    kind: Literal["high", "low"]
    given: Decimal
    usual: UsualDose


def usual_dose(ingredient: str, route: str = ORAL) -> UsualDose | None:
    """The range for an adult; None where none is commonly known."""
    fields = _doses().get((ingredient, route))
    if fields is None:
        return None
    low, high, per_days, source = fields
    return UsualDose(ingredient, route, Decimal(low), Decimal(high), int(per_days), source)


def concern(ingredient: str, *, mg_a_day: Decimal, route: str = ORAL) -> DoseConcern | None:
    """What is unusual about a daily amount: more than is usual, or less than half of it."""
    usual = usual_dose(ingredient, route)
    if usual is None:
        return None
    given = mg_a_day * usual.per_days
    if given > usual.high:
        return DoseConcern("high", given, usual)
    return DoseConcern("low", given, usual) if given < usual.low / 2 else None


def morphine_mg(ingredient: str, *, mg_a_day: Decimal) -> Decimal | None:
    """Milligrams of oral morphine that an opioid by mouth comes to; None for what is none."""
    factor = _factors().get(ingredient)
    return mg_a_day * factor if factor is not None else None


@lru_cache(maxsize=1)
def _doses() -> dict[tuple[str, str], list[str]]:
    """The fields after the key, read on demand: of hundreds one prescription asks for a few."""
    return {(ingredient, route): fields for ingredient, route, *fields in rows("doses.tsv")}


@lru_cache(maxsize=1)
def _factors() -> dict[str, Decimal]:
    return {ingredient: Decimal(factor) for ingredient, factor in rows("opioid_factors.tsv")}
