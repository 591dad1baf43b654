"""How a parcel must travel: a table of rules over what is in it, and the next day it may leave.

Figures of this table are ours to decide and stand here alone: days, the value from which an adult
signs, boxes and their weight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from pharmonico.fulfillment.shipping.calendar import FRIDAY, SUNDAY, is_holiday
from pharmonico.fulfillment.shipping.parcels import Box, Handling

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from pharmonico.fulfillment.directory import Hours, Medication

PROMISE_DAYS = 3
"""What arrives within these days keeps the promise."""

OVERNIGHT_DAYS = 1
SIGNED_FROM_MINOR = 100_000
"""From a thousand dollars an adult signs for it (prices are synthetic, the rule is not)."""

LOOK_AHEAD_DAYS = 14
GRAMS_PER_UNIT = Decimal(1)
"""A tablet with its share of the bottle, or a millilitre: rather too much than too little."""

GRAMS_PER_OUNCE = Decimal("28.35")


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in the parcel; an NDC that the catalogue does not know is an ordinary one."""

    medication: Medication | None
    units: Decimal = Decimal(0)

    @property
    def is_cold(self) -> bool:
        return self.medication is not None and self.medication.cold_chain

    @property
    def is_controlled(self) -> bool:
        return self.medication is not None and self.medication.dea_schedule is not None

    @property
    def value_minor(self) -> Decimal:
        return self.medication.unit_price_minor * self.units if self.medication else Decimal(0)


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """What a kind of contents asks of its journey; a parcel keeps every rule that applies."""

    name: str
    applies: Callable[[Contents], bool]
    days_max: int = PROMISE_DAYS
    strict: bool = False
    signed: bool = False
    not_over_weekend: bool = False


RULES = (
    ServiceRule("promise", lambda _: True),
    ServiceRule(
        "cold_chain",
        lambda contents: contents.is_cold,
        days_max=OVERNIGHT_DAYS,
        strict=True,
        not_over_weekend=True,
    ),
    ServiceRule("controlled", lambda contents: contents.is_controlled, signed=True),
    ServiceRule(
        "high_value", lambda contents: contents.value_minor >= SIGNED_FROM_MINOR, signed=True
    ),
)

MAILERS = (
    Box("padded_mailer", 9, 6, 2, 2),
    Box("small_box", 9, 6, 4, 5),
    Box("medium_box", 12, 10, 6, 9),
)
"""Ours, by rising room, with their own weight; each takes so many ounces of medicine:"""
ROOM_OZ = (8, 32)
COOLER = Box("insulated_box", 12, 10, 9, 64)
"""With its cold packs."""


def handling_of(contents: Contents, hours: Hours, *, now: datetime) -> Handling:
    """Every rule that applies, and the first day on which all of them let it leave."""
    applied = [rule for rule in RULES if rule.applies(contents)]
    guarded = any(rule.not_over_weekend for rule in applied)
    leaves_on, waits_for = _leaving(hours, now=now, guarded=guarded)
    return Handling(
        leaves_on,
        _box(contents),
        days_max=min(rule.days_max for rule in applied),
        rules=tuple(rule.name for rule in applied),
        waits_for=waits_for,
        strict=any(rule.strict for rule in applied),
        signed=any(rule.signed for rule in applied),
    )


def _leaving(hours: Hours, *, now: datetime, guarded: bool) -> tuple[date, str | None]:
    """The next ship date and what stood against the present day."""
    here = hours.local(now)
    today = here.date()
    is_late = here.hour * 60 + here.minute >= hours.next_day_cutoff
    first = "cutoff" if is_late else _obstacle(today, hours, guarded=guarded)
    if first is None:
        return today, None
    for ahead in range(1, LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        if _obstacle(day, hours, guarded=guarded) is None:
            return day, first
    return today, None  # a pharmacy that is closed for weeks was not chosen to ship; ask carriers


def _obstacle(day: date, hours: Hours, *, guarded: bool) -> str | None:
    """Why nothing, or nothing refrigerated, is handed over on this day."""
    if hours.week[day.weekday()] is None or day in hours.holidays:
        return "pharmacy_closed"
    if is_holiday(day):
        return "holiday"
    if day.weekday() == SUNDAY:
        return "weekend"
    if guarded and day.weekday() >= FRIDAY:
        return "weekend"
    if guarded and is_holiday(day + timedelta(days=OVERNIGHT_DAYS)):
        return "holiday"
    return None


def _box(contents: Contents) -> Box:
    ounces = contents.units * GRAMS_PER_UNIT / GRAMS_PER_OUNCE
    empty = COOLER if contents.is_cold else MAILERS[sum(ounces > room for room in ROOM_OZ)]
    return replace(empty, weight_oz=empty.weight_oz + max(1, ceil(ounces)))
