"""What waits in queues, and what nobody could take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

DEAD_SUFFIX = "-dead"
"""What the name of a queue of dead letters ends with."""
REDRIVEN_MAX = 100
"""Dead letters that one call puts back."""


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

    def redrive(self, name: str) -> int:
        """Put dead letters back into the queue they came from, at most `REDRIVEN_MAX`; how many.

        `NotFound` for a queue that is none of ours, `Conflict` where there is none to go back to.
        One that is taken for the second time is no harm: consumers know their events.
        """
        ...
