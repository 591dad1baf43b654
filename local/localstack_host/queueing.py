"""Calls queue for a function's processes, as they do on the embedded engine.

LocalStack by itself starts one process for every call at once, which a laptop's few cores do not
thank it for; four that are used again are done much sooner.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROCESSES_MAX = 4
WAIT_S = 20.0  # then one more is started: those before may be waiting for this very call


class Queues:
    """One queue per function version."""

    def __init__(self, *, at_once: int = PROCESSES_MAX, wait_s: float = WAIT_S) -> None:
        self._at_once = at_once
        self._wait_s = wait_s
        self._lock = Lock()
        self._places: dict[str, BoundedSemaphore] = {}

    @contextmanager
    def turn(self, function: str) -> Iterator[None]:
        """Wait for a place, or long enough."""
        with self._lock:
            places = self._places.setdefault(function, BoundedSemaphore(self._at_once))
        mine = places.acquire(timeout=self._wait_s)
        try:
            yield
        finally:
            if mine:
                places.release()
