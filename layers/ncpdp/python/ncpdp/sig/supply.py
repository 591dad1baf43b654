"""How long a quantity lasts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ncpdp.sig import words
from ncpdp.sig.answers import CannotTell, DaysSupply
from ncpdp.sig.doses import daily_dose
from ncpdp.sig.reading import range_of, time_of

if TYPE_CHECKING:
    from ncpdp.script.model.drug import Quantity, Sig

_DAYS = {"day": 1, "week": 7}


def days_supply(sig: Sig | None, quantity: Quantity | None) -> DaysSupply | CannotTell:
    """The quantity by the highest daily dose, but no longer than the directions run."""
    dose = daily_dose(sig)
    if isinstance(dose, CannotTell):
        return dose
    amount = quantity.amount if quantity else None
    if quantity is None or amount is None or amount <= 0:
        return CannotTell("quantity")
    unit = words.UNIT_CODES.get(quantity.unit_code or "", "")
    if unit != dose.unit:
        return CannotTell("unit", quantity.unit_code or "")
    if not dose.maximum:
        return CannotTell("dose")
    days = Fraction(amount) // dose.maximum
    if not days:
        return CannotTell("less_than_a_day")
    runs = _runs(sig)
    exact = dose.minimum == dose.maximum and not dose.as_needed
    return DaysSupply(min(days, runs) if runs else days, exact)


def _runs(sig: Sig | None) -> int | None:
    """The days the directions run, where every instruction says so in days or weeks."""
    spans: list[int] = []
    for instruction in sig.instructions if sig else ():
        found = [
            int(value[0]) * _DAYS[time_of(one.duration.units)]
            for one in instruction.timings
            if one.duration
            and time_of(one.duration.units) in _DAYS
            and (value := range_of((one.duration.value or "",), ()))
            and value[0] == int(value[0])
        ]
        if len(found) != 1:
            return None
        spans.extend(found)
    return max(spans) if spans else None
