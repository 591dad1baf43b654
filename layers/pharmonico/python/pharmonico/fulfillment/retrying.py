"""Read, decide, write, and again when somebody else wrote in between: bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Callable

    T = TypeVar("T")

TRIES = 5


def on_conflict(attempt: Callable[[], T], *, tries: int = TRIES) -> T:
    """The attempt's answer; it must read afresh each time. The last conflict is raised."""
    for _ in range(tries - 1):
        try:
            return attempt()
        except VersionConflict:
            continue
    return attempt()
