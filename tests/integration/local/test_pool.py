"""A burst of calls shares a function's few processes."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from local.engine import pool
from local.engine.pool import WORKERS_MAX, queued

if TYPE_CHECKING:
    import pytest

CALLS = 20


class Engine:
    """Processes as the engine hands them out: a free one, a new one, or none above the limit."""

    def __init__(self) -> None:
        self.made = 0
        self.free: list[int] = []
        self._lock = threading.Lock()

    def acquire(self, _function: str, *, max_concurrency: int | None = None) -> tuple[Any, str]:
        with self._lock:
            if self.free:
                return self.free.pop(), "reused"
            if max_concurrency and self.made >= max_concurrency:
                return None, "func_cap"
            self.made += 1
            return self.made, "spawn"

    def release(self, worker: int) -> None:
        with self._lock:
            self.free.append(worker)


def test_a_burst_waits_for_the_few_instead_of_starting_many() -> None:
    engine = Engine()
    acquire = queued(engine.acquire)

    def call(_: int) -> str:
        worker, reason = acquire("intake")
        time.sleep(0.01)
        engine.release(worker)
        return str(reason)

    with ThreadPoolExecutor(CALLS) as callers:
        reasons = list(callers.map(call, range(CALLS)))
    assert engine.made == WORKERS_MAX
    assert reasons.count("reused") == CALLS - WORKERS_MAX


def test_who_waited_long_gets_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WAIT_S", 0.05)
    engine = Engine()
    acquire = queued(engine.acquire)
    held = [acquire("intake") for _ in range(WORKERS_MAX)]
    assert len(held) == WORKERS_MAX
    assert acquire("intake") == (WORKERS_MAX + 1, "spawn")
