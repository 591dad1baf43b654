"""What waits in queues, and what nobody could take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

DEAD_SUFFIX = "-dead"
"""What the name of a queue of dead letters ends with."""


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """Of one function or machine, about as many as there are.

    `waiting` can be taken now, `in_flight` is worked on or rests before its next try; None where
    it has no queue before it, only dead letters.
    """

    name: str
    waiting: int | None
    in_flight: int | None
    dead_letters: int


class Queues(Protocol):
    def depths(self) -> tuple[QueueDepth, ...]:
        """Every queue, by name; `Unavailable` when they cannot be asked."""
        ...
