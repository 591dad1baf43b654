"""Looking again until it is there: tests never sleep for a fixed time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE_S = 120.0
POLL_S, POLL_S_MAX, SLOWER = 0.05, 0.5, 1.15
T = TypeVar("T")


def until(look: Callable[[], T | None], what: str, *, deadline_s: float = DEADLINE_S) -> T:
    """The first thing found that counts as true; fails with `what` when the time is over."""
    end, pause = time.monotonic() + deadline_s, POLL_S
    while not (found := look()):
        assert time.monotonic() < end, f"waited {deadline_s:.0f} s for {what}"
        time.sleep(pause)
        pause = min(pause * SLOWER, POLL_S_MAX)  # the machine has better things to do
    return found
