"""How much of the drug a day takes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ncpdp.sig import words
from ncpdp.sig.answers import CannotTell, DailyDose
from ncpdp.sig.reading import event_of, is_as_needed, range_of, time_of, unit_of

if TYPE_CHECKING:
    from ncpdp.script.model.drug import Sig
    from ncpdp.script.model.instruction import Frequency, Instruction, Interval, MaximumDose

# How many of these units of time a day has.
_PER_DAY = {"hour": Fraction(24), "day": Fraction(1), "week": Fraction(1, 7)}
_AND = "and"
_Times = tuple[Fraction, Fraction]


def daily_dose(sig: Sig | None) -> DailyDose | CannotTell:
    """Dose times times a day, added up over instructions that go together."""
    if sig is None or not sig.instructions:
        return CannotTell("no_structure")
    between = {word.strip().lower() for word in sig.multiple_instruction_modifiers}
    if len(sig.instructions) > 1 and between != {_AND}:
        return CannotTell("several_instructions")
    total: DailyDose | None = None
    for instruction in sig.instructions:
        one = _of_instruction(instruction, sig)
        if isinstance(one, CannotTell):
            return one
        if total is not None and total.unit != one.unit:
            return CannotTell("unit", one.unit)
        total = one if total is None else _added(total, one)
    return total or CannotTell("no_structure")


def _added(one: DailyDose, other: DailyDose) -> DailyDose:
    return DailyDose(
        one.minimum + other.minimum,
        one.maximum + other.maximum,
        one.unit,
        one.unit_code,
        one.as_needed or other.as_needed,
    )


def _of_instruction(instruction: Instruction, sig: Sig) -> DailyDose | CannotTell:
    administration = instruction.administration
    dosage = administration.dosage if administration else None
    amount = range_of(dosage.quantities, dosage.range_modifiers) if dosage else None
    units = {unit_of(unit) for unit in dosage.units} if dosage else set()
    if dosage is None or amount is None or len(units) != 1 or "" in units:
        return CannotTell("dose")
    times = _times(instruction)
    as_needed = is_as_needed((*instruction.indications, *sig.indications))
    unit, code = units.pop(), dosage.units[0].code
    cap = _cap((*instruction.maximum_doses, *sig.maximum_doses), unit)
    if times is None:
        if as_needed and cap is not None:
            return DailyDose(Fraction(0), cap, unit, code, as_needed)
        return CannotTell("timing")
    most = Fraction(amount[1]) * times[1]
    most = most if cap is None else min(most, cap)
    least = Fraction(0) if as_needed else min(Fraction(amount[0]) * times[0], most)
    return DailyDose(least, most, unit, code, as_needed)


def _times(instruction: Instruction) -> _Times | None:
    """How often in 24 hours; None where that is not said, or said in two ways."""
    said: set[_Times | None] = set()
    events: list[str] = []
    for timing in instruction.timings:
        if timing.frequency:
            said.add(_frequency(timing.frequency))
        if timing.interval:
            said.add(_interval(timing.interval))
        if timing.timing and timing.timing.event:
            events.append(event_of(timing.timing.event))
        if timing.rate:
            return None
    if said:
        return said.pop() if len(said) == 1 else None
    if events and len(set(events)) == len(events) and all(map(_is_once_a_day, events)):
        return Fraction(len(events)), Fraction(len(events))
    return None


def _is_once_a_day(event: str) -> bool:
    return event in words.EVENTS and words.EVENTS[event][2]


def _frequency(frequency: Frequency) -> _Times | None:
    count = range_of(frequency.values, frequency.modifiers)
    factor = _PER_DAY.get(time_of(frequency.units))
    if count is None or factor is None:
        return None
    return Fraction(count[0]) * factor, Fraction(count[1]) * factor


def _interval(interval: Interval) -> _Times | None:
    span = range_of(interval.values, interval.modifiers)
    factor = _PER_DAY.get(time_of(interval.units))
    if span is None or factor is None or not span[0]:
        return None
    return factor / Fraction(span[1]), factor / Fraction(span[0])


def _cap(restrictions: tuple[MaximumDose, ...], unit: str) -> Fraction | None:
    """The most a day may have, of those restrictions that are per day and in the same unit."""
    caps: list[Fraction] = []
    for one in restrictions:
        value = range_of((one.value,), ()) if one.value else None
        span = range_of((one.duration_value or "1",), ())
        named = unit_of(one.units) or unit_of(one.form)
        factor = _PER_DAY.get(time_of(one.duration_units))
        if value and span and span[0] and factor and named == unit:
            caps.append(Fraction(value[0]) * factor / Fraction(span[0]))
    return min(caps) if caps else None
