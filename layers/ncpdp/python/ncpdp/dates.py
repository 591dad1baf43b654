"""Dates as messages carry them: text stays as sent, and becomes a date only on request."""

from __future__ import annotations

from datetime import date, datetime

_DATE_LENGTH = 10


def day(text: str | None) -> date | None:
    """The day of a Date or DateTime (as the sender wrote it), or None when it is not one."""
    if not text:
        return None
    try:
        if len(text) == _DATE_LENGTH:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def is_timestamp(text: str) -> bool:
    """True for a date with a time, such as SentTime must be."""
    return "T" in text and day(text) is not None
