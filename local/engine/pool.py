"""Calls queue for a function's processes: the engine by itself starts one for every call at once.

Twenty calls at once would mean twenty interpreters on a laptop's few cores, and so would a start
that takes up a hundred waiting prescriptions; four that are used again are done much sooner.
"""

from __future__ import annotations

import time
from typing import Any

WORKERS_MAX = 4
WAIT_S = 20.0  # then one more is started: those before may be waiting for this very call
POLL_S = 0.01


def queue_for_workers() -> None:
    """Put the queue before the engine's own choice of a process."""
    from ministack.services import lambda_svc  # noqa: PLC0415 - importing it reads the environment

    lambda_svc.acquire_worker = queued(lambda_svc.acquire_worker)


def queued(acquire: Any) -> Any:
    """The engine's `acquire_worker`, asked again until a process is free or a place for one is."""

    def acquire_in_turn(*function: Any, **version: Any) -> Any:
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            worker, reason = acquire(*function, **version, max_concurrency=WORKERS_MAX)
            if worker is not None:
                return worker, reason
            time.sleep(POLL_S)
        return acquire(*function, **version)

    return acquire_in_turn
