"""How a parcel must travel: by its promise, kept cold, or against a signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pharmonico.kit.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.directory import Hours, Medication
    from pharmonico.fulfillment.shipping.carriers import Rate

PROMISE_DAYS = 3
"""What arrives within these days keeps the promise; among those the cheapest is taken."""

COLD_DAYS = 2
"""A refrigerated medicine is never longer on its way than this."""

FRIDAY = 4
WEEK_DAYS = 7
_NO_PROMISE = 99


@dataclass(frozen=True, slots=True)
class Handling:
    """`leaves_on` is a day at the pharmacy, `held` if not the present one; `signed` at the door."""

    leaves_on: date
    held: bool = False
    cold: bool = False
    signed: bool = False


def handling_of(medication: Medication | None, hours: Hours, *, now: datetime) -> Handling:
    """No Friday ship for refrigerated drugs (nobody opens the box on Sunday); controlled: signed.

    An NDC that the catalogue does not know travels as an ordinary parcel.
    """
    today = hours.local(now).date()
    if medication is None:
        return Handling(today)
    leaves_on = _next_monday(today) if medication.cold_chain else today
    return Handling(
        leaves_on,
        held=leaves_on > today,
        cold=medication.cold_chain,
        signed=medication.dea_schedule is not None,
    )


def _next_monday(day: date) -> date:
    if day.weekday() < FRIDAY:
        return day
    return day + timedelta(days=WEEK_DAYS - day.weekday())


def best(rates: Sequence[Rate], handling: Handling) -> Rate:
    """By promise date, then price: the cheapest in time, or else the earliest."""
    if not rates:
        raise Rejected("shipping.no_rates", "No carrier offers to take this parcel.")
    chosen = min(rates, key=lambda rate: _rank(rate, handling))
    if handling.cold and _days(chosen) > COLD_DAYS:
        raise Rejected("shipping.cold_chain", "No carrier is fast enough for this medicine.")
    return chosen


def promised_on(rate: Rate, handling: Handling) -> str | None:
    """The day of arrival, where the carrier names one."""
    if rate.days is None:
        return None
    return (handling.leaves_on + timedelta(days=rate.days)).isoformat()


def _rank(rate: Rate, handling: Handling) -> tuple[bool, int, int]:
    days, price = _days(rate), rate.cost.amount_minor
    in_time = days <= (COLD_DAYS if handling.cold else PROMISE_DAYS)
    return (False, price, days) if in_time else (True, days, price)


def _days(rate: Rate) -> int:
    return _NO_PROMISE if rate.days is None else rate.days
