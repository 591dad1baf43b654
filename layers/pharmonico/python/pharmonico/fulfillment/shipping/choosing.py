"""Which of the carriers' offers is bought."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.shipping.papers import ServiceChoice
from pharmonico.kit.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.shipping.parcels import Handling, Rate

_NO_PROMISE = 99


def best(rates: Sequence[Rate], handling: Handling) -> Rate:
    """By promise date, then price: the cheapest in time, or else the earliest.

    `Rejected` with `shipping.no_rates`, or with `shipping.too_slow` where the rules are strict.
    """
    if not rates:
        raise Rejected("shipping.no_rates", "No carrier offers to take this parcel.")
    chosen = min(rates, key=lambda rate: _rank(rate, handling))
    if handling.strict and not _in_time(chosen, handling):
        raise Rejected("shipping.too_slow", "No carrier is fast enough for this medicine.")
    return chosen


def reason_of(chosen: Rate, rates: Sequence[Rate], handling: Handling) -> ServiceChoice:
    """What is kept beside the label, so that anybody can see later why."""
    return ServiceChoice(
        rules=handling.rules,
        days_max=handling.days_max,
        box=handling.box.name,
        weight_oz=handling.box.weight_oz,
        signed=handling.signed,
        leaves_on=handling.leaves_on,
        waits_for=handling.waits_for,
        offers=len(rates),
        won_as="cheapest_in_time" if _in_time(chosen, handling) else "earliest",
    )


def promised_on(rate: Rate, handling: Handling) -> str | None:
    """The day of arrival, where the carrier names one."""
    if rate.days is None:
        return None
    return (handling.leaves_on + timedelta(days=rate.days)).isoformat()


def _rank(rate: Rate, handling: Handling) -> tuple[bool, int, int]:
    days, price = _days(rate), rate.cost.amount_minor
    return (False, price, days) if _in_time(rate, handling) else (True, days, price)


def _in_time(rate: Rate, handling: Handling) -> bool:
    return _days(rate) <= handling.days_max


def _days(rate: Rate) -> int:
    return _NO_PROMISE if rate.days is None else rate.days
