"""How long a prescription may be filled, by schedule, and how often refilled."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """Valid for so many months or days after the written date; None: no limit on refills."""

    months: int = 0
    days: int = 0
    refills_max: int | None = None


DEFAULT = Limit(months=12)
LIMITS = {
    "CII": Limit(days=90, refills_max=0),
    "CIII": Limit(months=6, refills_max=5),
    "CIV": Limit(months=6, refills_max=5),
    "CV": Limit(months=6, refills_max=5),
}
"""21 CFR 1306 and our defaults. Schedule II has no federal term: 90 days stands for the states'.
Schedule V differs by state: the strictest common rule, that of III and IV, stands for all."""


def limit_of(schedule: str | None) -> Limit:
    return LIMITS.get(schedule or "", DEFAULT)


def last_day(written: date, limit: Limit) -> date:
    """The last day on which the prescription may be filled."""
    if limit.days:
        return written + timedelta(days=limit.days)
    years, month = divmod(written.month - 1 + limit.months, MONTHS)
    year = written.year + years
    day = min(written.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
