"""The wall clock of the United States' time zones; the Lambda runtime carries no zone data.

Daylight saving is federal law, 15 U.S.C. 260a: from the second Sunday of March, 2:00, to the first
Sunday of November, 2:00, where a state keeps it at all. It holds for years from 2007 on.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType

SUNDAY = 6
WEEK_DAYS = 7
HOUR = timedelta(hours=1)

_SAVING = {
    "America/New_York": -5,
    "America/Chicago": -6,
    "America/Denver": -7,
    "America/Los_Angeles": -8,
    "America/Anchorage": -9,
    "America/Adak": -10,
}
_STEADY = {
    "America/Puerto_Rico": -4,
    "America/St_Thomas": -4,
    "America/Phoenix": -7,
    "Pacific/Honolulu": -10,
    "Pacific/Pago_Pago": -11,
    "Pacific/Guam": 10,
    "Pacific/Saipan": 10,
}
ZONES = MappingProxyType(
    {name: (hours, True) for name, hours in _SAVING.items()}
    | {name: (hours, False) for name, hours in _STEADY.items()}
)
"""Standard hours from UTC, and whether the zone keeps daylight saving, by IANA name."""


@lru_cache(maxsize=64)  # a search asks for one moment in a few zones, hundreds of times
def local_time(zone: str, at: datetime) -> datetime:
    """The moment on the zone's wall clock, aware; `KeyError` for a zone that is none of ours."""
    hours, saves = ZONES[zone]
    standard = at.astimezone(_fixed(hours))
    if not saves:
        return standard
    begins, ends = _saving(standard.year)
    wall = standard.replace(tzinfo=None)
    return at.astimezone(_fixed(hours + 1)) if begins <= wall < ends else standard


@lru_cache(maxsize=32)
def _fixed(hours: int) -> timezone:
    return timezone(hours * HOUR)


@lru_cache(maxsize=8)
def _saving(year: int) -> tuple[datetime, datetime]:
    """Begin and end of daylight saving, both in standard time."""
    return _sunday(year, 3, nth=2) + 2 * HOUR, _sunday(year, 11, nth=1) + HOUR


def _sunday(year: int, month: int, *, nth: int) -> datetime:
    first = datetime(year, month, 1)  # noqa: DTZ001 - the zone's own wall clock
    return first + timedelta(days=(SUNDAY - first.weekday()) % WEEK_DAYS + WEEK_DAYS * (nth - 1))
