"""The shell of a consumer behind a queue: each message on its own, and a pause before each retry.

A message that fails is reported and stays in the queue; the others of its batch are done. How
long it rests is told to the queue itself, so that a partner's short hiccup costs seconds and an
outage of hours is not asked about every second.
"""

from __future__ import annotations

import json
import math
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.events.registry import read_event
from pharmonico.lambdas.failing import discreet, log_error
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pharmonico.events.envelope import Event

    PutOff = Callable[[str, str, int], None]
    Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

T = TypeVar("T")

FIRST_PAUSE_S = 2
PAUSE_MAX_S = 3_600
LATER_MAX_S = 43_200
"""SQS holds a message back for twelve hours at most."""


class Later(Exception):
    """Nothing went wrong: the message shall come again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = min(seconds, LATER_MAX_S)

    @classmethod
    def at(cls, moment: datetime, *, now: datetime) -> Later:
        return cls(max(1, math.ceil((moment - now).total_seconds())))


def queue_consumer(*, put_off: PutOff) -> Callable[[Callable[[Event[Any]], None]], Handler]:
    """Decorate `run(event)`; it must be idempotent by `event.meta.event_id`.

    `put_off(queue_arn, receipt_handle, seconds)` tells the queue when to bring a message again.
    """
    return _consumer(_event_of, put_off)


def task_consumer(
    read: Callable[[str], T], *, put_off: PutOff
) -> Callable[[Callable[[T], None]], Handler]:
    """Decorate `run(task)` for a queue of our own messages, which `read` makes of their texts."""
    return _consumer(read, put_off)


def _consumer(
    read: Callable[[str], T], put_off: PutOff
) -> Callable[[Callable[[T], None]], Handler]:
    def decorate(run: Callable[[T], None]) -> Handler:
        @discreet
        @wraps(run)
        def lambda_handler(batch: dict[str, Any], _context: Any) -> dict[str, Any]:
            failed = []
            for record in batch["Records"]:
                pause_s = _handled(record, read, run)
                if pause_s is not None:
                    failed.append((record, pause_s))
            for record, pause_s in failed:
                _rest(record, put_off, pause_s)
            return {
                "batchItemFailures": [
                    {"itemIdentifier": record["messageId"]} for record, _ in failed
                ]
            }

        return lambda_handler

    return decorate


def pause_after(tries: int) -> int:
    """Seconds until the next try: 2, 4, 8 … at most an hour."""
    doublings = min(max(tries, 1) - 1, PAUSE_MAX_S.bit_length())
    return min(FIRST_PAUSE_S << doublings, PAUSE_MAX_S)


def _handled(
    record: dict[str, Any], read: Callable[[str], T], run: Callable[[T], None]
) -> int | None:
    """None when it is done, else in how many seconds to try again."""
    try:
        run(read(record["body"]))
    except Later as later:
        logger().info("put off", seconds=later.seconds)
        return later.seconds
    except Exception as error:  # noqa: BLE001 - the queue brings it again, the others go on
        log_error(error, "message failed")
        return pause_after(int(record["attributes"]["ApproximateReceiveCount"]))
    logger().info("event handled")
    return None


def _event_of(body: str) -> Event[Any]:
    envelope = json.loads(body)
    event = read_event(envelope["detail-type"], envelope["detail"])
    logger().append_keys(
        correlation_id=event.meta.correlation_id,
        event_id=event.meta.event_id,
        detail_type=event.detail_type,
    )
    return event


def _rest(record: dict[str, Any], put_off: PutOff, pause_s: int) -> None:
    """Without it the message comes back all the same, after the queue's own time."""
    try:
        put_off(record["eventSourceARN"], record["receiptHandle"], pause_s)
    except Exception as error:  # noqa: BLE001 - a wish about time must not fail the batch
        log_error(error, "message not put off")
