"""At most so many processes of one function at once; the others wait, but not for ever."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.localstack_host.queueing import Queues

CALLS = 12


def test_no_more_than_the_places_are_taken_at_once() -> None:
    queues, lock, now, most = Queues(at_once=3, wait_s=60), threading.Lock(), [0], [0]

    def call(_: int) -> None:
        with queues.turn("intake"):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.01)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(CALLS) as pool:
        list(pool.map(call, range(CALLS)))
    assert (now, most) == ([0], [3])


def test_one_functions_queue_is_not_anothers() -> None:
    queues = Queues(at_once=1, wait_s=60)
    with queues.turn("intake"), queues.turn("audit"):
        pass


def test_who_has_waited_long_enough_goes_in_and_takes_no_place_away() -> None:
    queues = Queues(at_once=1, wait_s=0.01)
    with queues.turn("intake"), queues.turn("intake"):
        pass
    with queues.turn("intake"):
        pass


def test_a_place_is_free_again_after_a_call_that_raised() -> None:
    queues = Queues(at_once=1, wait_s=60)
    for _ in range(2):
        with pytest.raises(ValueError, match="no number"), queues.turn("intake"):
            int("no number")
