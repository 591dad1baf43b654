"""The parts of a sentence about a SIG, each in one of two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.sig import words
from ncpdp.sig.reading import event_of, is_as_needed, key_of, range_of, text_of, time_of, unit_of

if TYPE_CHECKING:
    from decimal import Decimal

    from ncpdp.script.model.instruction import (
        Dosage,
        DoseAdministration,
        Duration,
        Frequency,
        Indication,
        Instruction,
        Interval,
        MaximumDose,
        Timing,
        TimingAndDuration,
    )
    from ncpdp.sig.reading import Range
    from ncpdp.sig.words import Words

_ONCE: dict[str, Words] = {"1": ("once", "una vez"), "2": ("twice", "dos veces")}
_EVERY: dict[str, Words] = {
    "day": ("daily", "al día"),
    "week": ("weekly", "a la semana"),
    "hour": ("an hour", "por hora"),
    "month": ("a month", "al mes"),
}


def _part_of_day(one: TimingAndDuration) -> str:
    return words.PARTS_OF_DAY.get(event_of(one.timing.event), "") if one.timing else ""


class Unknown(Exception):
    """A word there is no translation of, or words of the prescriber's own: a CannotTell."""

    def __init__(self, what: str, *, is_free_text: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.is_free_text = is_free_text


class Phrases:
    """What to say in the language; raises Unknown for what cannot be said in it."""

    def __init__(self, language: str) -> None:
        self.is_english = language == "en"

    def pick(self, pair: Words) -> str:
        return pair[0] if self.is_english else pair[1]

    def free_text(self, text: str) -> str:
        """Words of the prescriber's own are English, and are not translated here."""
        if not self.is_english:
            raise Unknown(text, is_free_text=True)
        return text.strip().rstrip(".")

    def instruction(self, one: Instruction) -> str:
        parts = [self._administration(one.administration)] if one.administration else []
        parts.append(self._timings(one.timings))
        parts += [self.indication(indication) for indication in one.indications]
        if one.indication_text:
            parts.append(self.free_text(one.indication_text))
        said = " ".join(part for part in parts if part)
        if not said:
            raise Unknown("Instruction")
        return said

    def _administration(self, one: DoseAdministration) -> str:
        method = key_of(one.method, words.METHOD_CODES, words.METHODS)
        if not method or one.calculation or one.amount or one.method_modifier:
            raise Unknown("DoseAdministration")
        parts = [self.pick(words.METHODS[method])]
        if one.dosage:
            parts.append(self._dosage(one.dosage))
        own = (one.clarifying_text, one.route_text, one.site_text)
        parts.extend(self.free_text(text) for text in own if text)
        if one.route:
            route = key_of(one.route, words.ROUTE_CODES, words.ROUTES)
            if not route:
                raise Unknown(text_of(one.route) or "RouteOfAdministration")
            parts.append(self.pick(words.ROUTES[route]))
        if one.site:
            if not text_of(one.site):
                raise Unknown("SiteOfAdministration")
            parts.append(f"({self.free_text(text_of(one.site))})")
        return " ".join(parts)

    def _dosage(self, one: Dosage) -> str:
        amount = range_of(one.quantities, one.range_modifiers)
        units = {unit_of(unit) for unit in one.units}
        if amount is None or len(units) != 1 or "" in units:
            raise Unknown("Dosage")
        return f"{self.range(amount)} {self.unit(units.pop(), amount[1])}"

    def unit(self, unit: str, amount: Decimal) -> str:
        plural, spanish, spanish_plural = words.UNITS[unit]
        shown = {"ml": "mL"}.get(unit, unit)
        if amount <= 1:
            return self.pick((shown, spanish))
        return self.pick((plural, spanish_plural))

    def range(self, numbers: Range) -> str:
        low, high = (f"{number.normalize():f}" for number in numbers)
        return low if low == high else f"{low} {self.pick(('to', 'a'))} {high}"

    def _timings(self, timings: tuple[TimingAndDuration, ...]) -> str:
        """One after the other; times of the day that follow one another are told with an and."""
        said = ""
        for at, timing in enumerate(timings):
            parts_of_day = {_part_of_day(one) for one in timings[max(at - 1, 0) : at + 1]}
            is_another = len(parts_of_day) > 1 and "" not in parts_of_day
            between = self.pick((" and ", " y ")) if is_another else " "
            said += (between if at else "") + self._timing_and_duration(timing)
        return said

    def _timing_and_duration(self, one: TimingAndDuration) -> str:
        if one.rate or one.stop_indicator:
            raise Unknown("TimingAndDuration")
        parts = []
        if one.frequency:
            parts.append(self._frequency(one.frequency))
        if one.interval:
            parts.append(self._interval(one.interval))
        if one.timing:
            parts.append(self._timing(one.timing))
        if one.duration:
            parts.append(self._duration(one.duration))
        if one.duration_trigger:
            parts.append(self._until(text_of(one.duration_trigger)))
        own = (one.clarifying_text, one.duration_text)
        parts.extend(self.free_text(text) for text in own if text)
        return " ".join(parts)

    def _until(self, text: str) -> str:
        if not text:
            raise Unknown("DurationTrigger")
        if self.is_english:
            return text
        return words.UNTIL.get(text) or self.free_text(text)

    def _frequency(self, one: Frequency) -> str:
        count, unit = range_of(one.values, one.modifiers), time_of(one.units)
        if count is None or unit not in _EVERY:
            raise Unknown("Frequency")
        shown = self.range(count)
        times = _ONCE.get(shown, (f"{shown} times", f"{shown} veces"))
        return f"{self.pick(times)} {self.pick(_EVERY[unit])}"

    def _interval(self, one: Interval) -> str:
        span, unit = range_of(one.values, one.modifiers), time_of(one.units)
        if span is None or not unit:
            raise Unknown("Interval")
        every = self.pick(("every", "cada"))
        return f"{every} {self.range(span)} {self.time(unit, span[1])}"

    def time(self, unit: str, amount: Decimal) -> str:
        singular, plural = words.TIMES[unit]
        return self.pick(singular if amount <= 1 else plural)

    def _timing(self, one: Timing) -> str:
        event = event_of(one.event)
        if not event or one.modifiers:
            raise Unknown(text_of(one.event) or "AdministrationTiming")
        modifier = key_of(one.modifier, words.MODIFIER_CODES, words.MODIFIERS)
        if one.modifier and not modifier:
            raise Unknown(text_of(one.modifier))
        modifier = modifier or words.AT_EVENT.get(event, "in")
        english, spanish, _ = words.EVENTS[event]
        said = f"{self.pick(words.MODIFIERS[modifier])} {self.pick((english, spanish))}"
        said = said.replace("de el ", "del ").replace("a el ", "al ")
        if one.values:
            span, unit = range_of(one.values, ()), time_of(one.units)
            if span is None or not unit:
                raise Unknown("AdministrationTiming")
            said = f"{self.range(span)} {self.time(unit, span[1])} {said}"
        if one.clarifying_text:
            said += f" {self.free_text(one.clarifying_text)}"
        return said

    def _duration(self, one: Duration) -> str:
        span, unit = range_of((one.value or "",), ()), time_of(one.units)
        if span is None or not unit:
            raise Unknown("Duration")
        lasting = self.pick(("for", "durante"))
        return f"{lasting} {self.range(span)} {self.time(unit, span[1])}"

    def indication(self, one: Indication) -> str:
        if one.values:
            raise Unknown("IndicationValue")
        what = text_of(one.indication)
        if not self.is_english and what and what not in words.INDICATIONS:
            raise Unknown(what)
        shown = what if self.is_english else words.INDICATIONS.get(what, "")
        head = self.pick(("for", "para"))
        if is_as_needed((one,)):
            needed = self.pick(("as needed", "según sea necesario"))
            head = f"{needed} {head}" if shown else needed
        elif not shown:
            raise Unknown("Indication")
        said = f"{head} {shown}".strip()
        if one.clarifying_text:
            said += f" {self.free_text(one.clarifying_text)}"
        return said

    def limit(self, one: MaximumDose) -> str:
        value, span = range_of((one.value or "",), ()), range_of((one.duration_value or "1",), ())
        unit, time = unit_of(one.units) or unit_of(one.form), time_of(one.duration_units)
        if value is None or span is None or not unit or not time:
            raise Unknown("MaximumDoseRestriction")
        said = f"{self.range(value)} {self.unit(unit, value[1])}"
        most = self.pick(("Do not take more than", "No tome más de"))
        text = (
            f"{most} {said} {self.pick(('in', 'en'))} {self.range(span)} {self.time(time, span[1])}"
        )
        own = one.clarifying_text
        return f"{text} {self.free_text(own)}" if own else text
