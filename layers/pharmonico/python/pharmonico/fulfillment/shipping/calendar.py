"""The days on which the parcel carriers do not deliver."""

from __future__ import annotations

from datetime import date, timedelta

MONDAY, THURSDAY, FRIDAY, SUNDAY = 0, 3, 4, 6
WEEK_DAYS = 7
_JANUARY, _MAY, _JULY, _SEPTEMBER, _NOVEMBER, _DECEMBER = 1, 5, 7, 9, 11, 12


def is_holiday(day: date) -> bool:
    """The six days that UPS, FedEx and the Postal Service all keep."""
    fixed = {(_JANUARY, 1), (_JULY, 4), (_DECEMBER, 25)}
    return (day.month, day.day) in fixed or day in _movable(day.year)


def _movable(year: int) -> frozenset[date]:
    last_of_may = date(year, _MAY, 31)
    return frozenset(
        {
            last_of_may - timedelta(days=last_of_may.weekday()),  # Memorial Day
            _nth(year, _SEPTEMBER, MONDAY, 1),  # Labor Day
            _nth(year, _NOVEMBER, THURSDAY, 4),  # Thanksgiving
        }
    )


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    ahead = (weekday - first.weekday()) % WEEK_DAYS
    return first + timedelta(days=ahead + WEEK_DAYS * (count - 1))
