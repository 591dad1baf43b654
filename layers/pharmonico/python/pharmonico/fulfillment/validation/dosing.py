"""How many milligrams a day a prescription comes to, where that follows; nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from pharmonico.reference.forms import family_of_form

if TYPE_CHECKING:
    from ncpdp.script import Medication as Prescribed
    from ncpdp.script.model.drug import Sig

    from pharmonico.fulfillment.validation.drug import Drug

_MICRO = Fraction(1, 1000)
MILLIGRAMS = {"mg": Fraction(1), "g": Fraction(1000), "mcg": _MICRO, "ug": _MICRO}
COUNTED = frozenset({"tablet", "capsule"})
_STRENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) (mg|mcg|ug|g)")
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4}
_TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4} | {
    f"{n} times": n for n in range(1, 7)
}
_DAILY = r"(?:daily|a day|per day|every day|each day)"
_TEXT = re.compile(
    r"take (?P<count>[1-9]|one|two|three|four) (?:\([1-9]\) )?(?P<unit>tablet|capsule)(?:s|\(s\))?"
    r"(?: (?:by mouth|orally|po))?"
    rf"(?: (?:(?P<times>{'|'.join(_TIMES)}) )?{_DAILY}| every (?P<hours>4|6|8|12|24) hours"
    r"|(?= in the| at bedtime))"
    r"(?: (?:in the (?:morning|evening)|at bedtime|with food|with water))?"
    r"(?P<prn> as needed)?\.?"
)
"""Directions that can be read in one way only, from the first word to the last. Whatever else
is said, such as a taper or what it is for, is left to people."""


class Amount(NamedTuple):
    """Milligrams of one ingredient in 24 hours; `is_certain` unless it may also be less."""

    ingredient: str
    mg_a_day: Decimal
    is_certain: bool


class _Daily(NamedTuple):
    most: Fraction
    unit: str
    is_certain: bool


def amounts_of(prescribed: Prescribed, drug: Drug) -> tuple[Amount, ...]:
    """One for each ingredient whose amount follows from directions and strength."""
    daily = _daily(prescribed.sig)
    if daily is None:
        return ()
    if daily.unit in MILLIGRAMS:
        # Milligrams of a combination are of which ingredient?
        alone = len(drug.ingredients) == 1
        strengths = [(drug.ingredients[0], MILLIGRAMS[daily.unit])] if alone else []
    else:
        strengths = _strengths(drug, daily.unit)
    return tuple(
        Amount(ingredient, _decimal(daily.most * mg), daily.is_certain)
        for ingredient, mg in strengths
    )


def _daily(sig: Sig | None) -> _Daily | None:
    """By the codes where there are any, else by the text."""
    if sig is None:
        return None
    if not sig.instructions:
        return _by_text(sig.text or "")
    from ncpdp.sig import (  # noqa: PLC0415 - most directions are text, and this takes 8 ms
        CannotTell,
        daily_dose,
    )

    dose = daily_dose(sig)
    if isinstance(dose, CannotTell):
        return None
    return _Daily(dose.maximum, dose.unit, dose.minimum == dose.maximum and not dose.as_needed)


def _by_text(text: str) -> _Daily | None:
    read = _TEXT.fullmatch(" ".join(text.casefold().split()))
    if read is None:
        return None
    count = _COUNTS.get(read["count"]) or int(read["count"])
    hours = read["hours"]
    times = Fraction(24, int(hours)) if hours else Fraction(_TIMES[read["times"] or "once"])
    return _Daily(count * times, read["unit"], read["prn"] is None)


def _strengths(drug: Drug, unit: str) -> list[tuple[str, Fraction]]:
    """Milligrams of each ingredient in one tablet or capsule."""
    if unit not in COUNTED:
        return []
    medicine = drug.medicine
    if medicine is None or family_of_form(medicine.dosage_form) != unit:
        return []
    if len(medicine.strengths) != len(medicine.ingredients):
        return []
    read = [_STRENGTH.fullmatch(strength) for strength in medicine.strengths]
    return [
        (ingredient, Fraction(found[1]) * MILLIGRAMS[found[2]])
        for ingredient, found in zip(medicine.ingredients, read, strict=True)
        if found
    ]


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
