"""Read, decide, write, and again when somebody else wrote in between: bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Callable

    S = TypeVar("S")
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


def on_conflict_of(known: S, attempt: Callable[[S], T], *, read: Callable[[], S]) -> T:
    """The attempt upon what was read just now, and after a conflict upon what is read afresh."""
    try:
        return attempt(known)
    except VersionConflict:
        return on_conflict(lambda: attempt(read()), tries=TRIES - 1)
