"""How much of the drug a day takes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ncpdp.sig.agreement import disagrees
from ncpdp.sig.answers import CannotTell, DailyDose
from ncpdp.sig.free_text import text_that_counts
from ncpdp.sig.reading import is_as_needed, is_several_places, range_of, text_of, time_of, unit_of
from ncpdp.sig.timing import PER_DAY, days_of, times_of

if TYPE_CHECKING:
    from ncpdp.script.model.drug import Sig
    from ncpdp.script.model.instruction import DoseAdministration, Instruction, MaximumDose
    from ncpdp.sig.reading import Range

_AND = "and"


def daily_dose(sig: Sig | None) -> DailyDose | CannotTell:
    """Dose times times a day, added up over instructions that go together."""
    if sig is None or not sig.instructions:
        return CannotTell("no_structure")
    text = text_that_counts(sig)
    if text:
        return CannotTell("free_text", text)
    if disagrees(sig):
        return CannotTell("text", sig.text or "")
    between = [word.strip().lower() for word in sig.multiple_instruction_modifiers]
    together = [_AND] * (len(sig.instructions) - 1)
    # Instructions that end on different days do not make one dose of every day.
    if len(together) and (between != together or len(set(map(days_of, sig.instructions))) > 1):
        return CannotTell("several_instructions")
    total = _of_instruction(sig.instructions[0], sig)
    for instruction in sig.instructions[1:]:
        total = _added(total, _of_instruction(instruction, sig))
    return _capped(total, sig.maximum_doses)


def _added(one: DailyDose | CannotTell, other: DailyDose | CannotTell) -> DailyDose | CannotTell:
    if isinstance(one, CannotTell) or isinstance(other, CannotTell):
        return one if isinstance(one, CannotTell) else other
    if one.unit != other.unit:
        return CannotTell("unit", other.unit)
    return replace(
        one,
        minimum=one.minimum + other.minimum,
        maximum=one.maximum + other.maximum,
        as_needed=one.as_needed or other.as_needed,
    )


def _of_instruction(instruction: Instruction, sig: Sig) -> DailyDose | CannotTell:
    administration = instruction.administration
    amount = _amount(administration)
    dosage = administration.dosage if administration else None
    units = {unit_of(unit) for unit in dosage.units} if dosage else set()
    if dosage is None or amount is None or len(units) != 1 or "" in units:
        return CannotTell("dose")
    times = times_of(instruction)
    as_needed = is_as_needed((*instruction.indications, *sig.indications))
    unit, code = units.pop(), dosage.units[0].code
    if times is None:
        only = sig.maximum_doses if len(sig.instructions) == 1 else ()
        cap = _cap((*instruction.maximum_doses, *only), unit)
        if as_needed and isinstance(cap, Fraction):
            return DailyDose(Fraction(0), cap, unit, code, as_needed)
        return CannotTell("timing")
    most = Fraction(amount[1]) * times[1]
    least = Fraction(0) if as_needed else Fraction(amount[0]) * times[0]
    return _capped(DailyDose(least, most, unit, code, as_needed), instruction.maximum_doses)


def _amount(one: DoseAdministration | None) -> Range | None:
    """How much at a time; None where that is not one plain number, or goes to several places."""
    if one is None or one.dosage is None or one.calculation or one.amount:
        return None
    if is_several_places(one.site) or is_several_places(one.route):
        return None
    amount = range_of(one.dosage.quantities, one.dosage.range_modifiers)
    return amount if amount and amount[0] else None


def _capped(
    dose: DailyDose | CannotTell, restrictions: tuple[MaximumDose, ...]
) -> DailyDose | CannotTell:
    if isinstance(dose, CannotTell):
        return dose
    cap = _cap(restrictions, dose.unit)
    if cap is None:
        return dose
    if isinstance(cap, CannotTell):
        return cap
    if dose.minimum > cap:
        return CannotTell("dose")  # what is to be taken is more than may be taken
    return replace(dose, maximum=min(dose.maximum, cap))


def _cap(restrictions: tuple[MaximumDose, ...], unit: str) -> Fraction | CannotTell | None:
    """The most a day may have; a restriction that cannot be applied makes the dose unknown."""
    caps: list[Fraction] = []
    for one in restrictions:
        value = range_of((one.value or "",), ())
        span = range_of((one.duration_value or "1",), ())
        factor = PER_DAY.get(time_of(one.duration_units))
        if not value or not value[0]:
            return CannotTell("dose")
        if not span or not span[0] or factor is None:
            return CannotTell("timing")
        if (unit_of(one.units) or unit_of(one.form)) != unit:
            return CannotTell("unit", text_of(one.units or one.form))
        caps.append(Fraction(value[0]) * factor / Fraction(span[0]))
    return min(caps, default=None)
