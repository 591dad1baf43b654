"""How long a quantity lasts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ncpdp.sig import words
from ncpdp.sig.answers import CannotTell, DaysSupply
from ncpdp.sig.doses import daily_dose
from ncpdp.sig.timing import days_of

if TYPE_CHECKING:
    from ncpdp.script.model.drug import Quantity, Sig

_SUFFICIENT = "QS"


def days_supply(sig: Sig | None, quantity: Quantity | None) -> DaysSupply | CannotTell:
    """The quantity by the highest daily dose, but no longer than the directions run."""
    dose = daily_dose(sig)
    if isinstance(dose, CannotTell):
        return dose
    amount = quantity.amount if quantity else None
    if quantity is None or amount is None or amount <= 0 or _is_sufficient(quantity):
        return CannotTell("quantity")
    unit = words.UNIT_CODES.get(quantity.unit_code or "", "")
    if unit != dose.unit:
        return CannotTell("unit", quantity.unit_code or "")
    days = Fraction(amount) // dose.maximum
    if not days:
        return CannotTell("less_than_a_day")
    # A dose that can be told has instructions that end together.
    runs = days_of(sig.instructions[0]) if sig else None
    if isinstance(runs, CannotTell):
        return runs
    exact = dose.minimum == dose.maximum and not dose.as_needed
    return DaysSupply(min(days, runs) if runs else days, exact)


def _is_sufficient(quantity: Quantity) -> bool:
    """As much as is needed: its number, if there is one, counts nothing."""
    return quantity.code_list_qualifier == _SUFFICIENT
