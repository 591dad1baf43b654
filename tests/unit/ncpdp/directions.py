"""Structured directions in a few words, for tests that need many of them."""

from __future__ import annotations

from ncpdp.codes import NCIT_BY_UNIT
from ncpdp.script import (
    Dosage,
    DoseAdministration,
    Duration,
    Frequency,
    Indication,
    Instruction,
    Interval,
    MaximumDose,
    Quantity,
    Sig,
    SigCode,
    Timing,
    TimingAndDuration,
)
from ncpdp.sig.words import ROUTE_CODES, TIME_CODES

_TIMES = {word: code for code, word in TIME_CODES.items()}
_ROUTES = {word: code for code, word in ROUTE_CODES.items()}


def word(text: str | None, code: str | None = None) -> SigCode:
    return SigCode(text=text, code=code)


def unit(name: str) -> SigCode:
    return word(name, NCIT_BY_UNIT[name.lower()])


def time(name: str) -> SigCode:
    return word(name, _TIMES[name])


def dose(amount: str, name: str, method: str = "Take", route: str | None = "oral",
         site: SigCode | None = None, **more: object) -> DoseAdministration:  # fmt: skip
    """`dose("1-2", "tablet")`."""
    amounts = tuple(amount.split("-"))
    return DoseAdministration(
        method=word(method),
        dosage=Dosage(
            quantities=amounts,
            units=(unit(name),) * len(amounts),
            range_modifiers=("TO",) * (len(amounts) - 1),
        ),
        route=word(route, _ROUTES.get(route)) if route else None,
        site=site,
        **more,
    )


def times(count: str, per: str = "day") -> TimingAndDuration:
    values = tuple(count.split("-"))
    between = ("TO",) * (len(values) - 1)
    frequency = Frequency(values=values, modifiers=between, units=time(per))
    return TimingAndDuration(frequency=frequency)


def every(count: str, per: str = "hour") -> TimingAndDuration:
    values = tuple(count.split("-"))
    between = ("TO",) * (len(values) - 1)
    return TimingAndDuration(interval=Interval(values=values, modifiers=between, units=time(per)))


def at(event: str, modifier: str | None = None) -> TimingAndDuration:
    named = word(modifier) if modifier else None
    return TimingAndDuration(timing=Timing(event=word(event), modifier=named))


def lasting(count: str, per: str = "day") -> TimingAndDuration:
    return TimingAndDuration(duration=Duration(value=count, units=time(per)))


def until(text: str) -> TimingAndDuration:
    return TimingAndDuration(duration_trigger=word(text))


def most(count: str, name: str = "tablet", span: str = "24", per: str = "hour") -> MaximumDose:
    return MaximumDose(value=count, units=unit(name), duration_value=span, duration_units=time(per))


def needed(what: str | None = None) -> Indication:
    return Indication(
        precursor=word("as needed", "225761000"), indication=word(what) if what else None
    )


def step(one: DoseAdministration, *timings: TimingAndDuration, **more: object) -> Instruction:
    return Instruction(administration=one, timings=timings, **more)


def sig(*steps: Instruction, between: str = "", **more: object) -> Sig:
    return Sig(instructions=steps, multiple_instruction_modifiers=tuple(between.split()), **more)


def box(count: str, name: str, qualifier: str = "38") -> Quantity:
    return Quantity(
        value=count, code_list_qualifier=qualifier, unit_code=NCIT_BY_UNIT[name.lower()]
    )
