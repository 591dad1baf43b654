"""Time comes in through this door, so that tests and replays decide what now is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is: aware, UTC."""

    def now(self) -> datetime: ...


def in_utc(moment: datetime) -> datetime:
    """A time without a zone is UTC, and a bare date its midnight."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the one place that asks the machine


class FixedClock:
    """A clock that stands still until it is told to advance."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by
