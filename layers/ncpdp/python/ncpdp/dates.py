"""Dates as messages carry them: text stays as sent, and becomes a date only on request."""

from __future__ import annotations

import re
from datetime import date, datetime

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def day(text: str | None) -> date | None:
    """The day of a Date or DateTime (as the sender wrote it), or None when it is not one."""
    if not text:
        return None
    plain = _DAY.fullmatch(text)
    try:
        if plain:
            return date.fromisoformat(plain[1])
        return datetime.fromisoformat(text).date() if _TIME.fullmatch(text) else None
    except ValueError:
        return None


def is_timestamp(text: str) -> bool:
    """True for a date with a time, such as SentTime must be."""
    return "T" in text and day(text) is not None
