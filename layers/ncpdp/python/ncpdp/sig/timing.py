"""How often in 24 hours, and for how many days."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ncpdp.sig import words
from ncpdp.sig.answers import CannotTell
from ncpdp.sig.reading import event_of, is_harmless, key_of, range_of, text_of, time_of

if TYPE_CHECKING:
    from ncpdp.script.model.instruction import (
        Duration,
        Frequency,
        Instruction,
        Interval,
        Timing,
        TimingAndDuration,
    )

PER_DAY = {"hour": Fraction(24), "day": Fraction(1), "week": Fraction(1, 7)}
"""How many of these units of time a day has."""

Times = tuple[Fraction, Fraction]
_DAYS = {"day": 1, "week": 7}


def times_of(instruction: Instruction) -> Times | None:
    """How often in 24 hours; None where that is not said, or said in two ways."""
    said: set[Times | None] = set()
    events: list[str] = []
    for timing in instruction.timings:
        if timing.frequency:
            said.add(_frequency(timing.frequency))
        if timing.interval:
            said.add(_interval(timing.interval))
        if timing.timing:
            events.append(_event(timing.timing))
        if timing.rate or _is_shorter_than_a_day(timing):
            return None
    daily = [event for event in events if event not in _OF_MEALS]
    if not said:
        return _at_events(daily) if daily and daily == events else None
    times = said.pop() if len(said) == 1 else None
    return times if times and _agree(times, daily) else None


_OF_MEALS = frozenset(event for event, said in words.EVENTS.items() if not said[2])


def _is_shorter_than_a_day(timing: TimingAndDuration) -> bool:
    """For two hours, every hour: that is no dose for 24 hours."""
    return timing.duration is not None and time_of(timing.duration.units) in {"minute", "hour"}


def _event(timing: Timing) -> str:
    """The event's key, "" where it or its modifier is not listed: every other morning."""
    if timing.modifier and not key_of(timing.modifier, words.MODIFIER_CODES, words.MODIFIERS):
        return ""
    return event_of(timing.event)


def _at_events(events: list[str]) -> Times | None:
    """One dose at each, where each is another time of the day."""
    parts = [words.PARTS_OF_DAY.get(event) for event in events]
    if None in parts or len(set(parts)) != len(parts):
        return None
    return Fraction(len(parts)), Fraction(len(parts))


def _agree(times: Times, events: list[str]) -> bool:
    """Whether so many times fit the times of the day that are named."""
    if not events:
        return True
    at_events = _at_events(events)
    if at_events is None:
        return False
    count = at_events[0]
    return count == 1 if times[1] < 1 else times[0] <= count <= times[1]


def _frequency(frequency: Frequency) -> Times | None:
    count = range_of(frequency.values, frequency.modifiers)
    factor = PER_DAY.get(time_of(frequency.units))
    if count is None or factor is None or not count[0]:
        return None
    return Fraction(count[0]) * factor, Fraction(count[1]) * factor


def _interval(interval: Interval) -> Times | None:
    span = range_of(interval.values, interval.modifiers)
    factor = PER_DAY.get(time_of(interval.units))
    if span is None or factor is None or not span[0]:
        return None
    return factor / Fraction(span[1]), factor / Fraction(span[0])


def days_of(instruction: Instruction) -> int | CannotTell | None:
    """The days an instruction runs; None where it has no end."""
    said: set[int | None] = set()
    for timing in instruction.timings:
        texts = [text_of(timing.duration_trigger), text_of(timing.stop_indicator)]
        for text in (*texts, timing.duration_text or ""):
            if not is_harmless(text):
                return CannotTell("free_text", text)
        if (timing.duration_trigger and not texts[0]) or (timing.stop_indicator and not texts[1]):
            return CannotTell("timing")
        if timing.duration:
            said.add(_days(timing.duration))
    if not said:
        return None
    return (said.pop() if len(said) == 1 else None) or CannotTell("timing")


def _days(duration: Duration) -> int | None:
    value = range_of((duration.value or "",), ())
    factor = _DAYS.get(time_of(duration.units))
    return int(value[0]) * factor if value and factor and value[0] == int(value[0]) else None
