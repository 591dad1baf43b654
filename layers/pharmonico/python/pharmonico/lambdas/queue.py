"""The shell of a consumer behind a queue: each message on its own, and a pause before each retry.

A message that fails is reported and stays in the queue; the others of its batch are done. How
long it rests is told to the queue itself, so that a partner's short hiccup costs seconds and an
outage of hours is not asked about every second.
"""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from pharmonico.events.registry import read_event
from pharmonico.lambdas.failing import discreet, log_error
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.events.envelope import Event

    PutOff = Callable[[str, str, int], None]

FIRST_PAUSE_S = 2
PAUSE_MAX_S = 3_600


def queue_consumer(
    *, put_off: PutOff
) -> Callable[[Callable[[Event[Any]], None]], Callable[[dict[str, Any], Any], dict[str, Any]]]:
    """Decorate `run(event)`; it must be idempotent by `event.meta.event_id`.

    `put_off(queue_arn, receipt_handle, seconds)` tells the queue when to bring a message again.
    """

    def decorate(
        run: Callable[[Event[Any]], None],
    ) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
        @discreet
        @wraps(run)
        def lambda_handler(batch: dict[str, Any], _context: Any) -> dict[str, Any]:
            failed = [record for record in batch["Records"] if not _handled(record, run)]
            for record in failed:
                _rest(record, put_off)
            return {
                "batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]
            }

        return lambda_handler

    return decorate


def pause_after(tries: int) -> int:
    """Seconds until the next try: 2, 4, 8 … at most an hour."""
    doublings = min(max(tries, 1) - 1, PAUSE_MAX_S.bit_length())
    return min(FIRST_PAUSE_S << doublings, PAUSE_MAX_S)


def _handled(record: dict[str, Any], run: Callable[[Event[Any]], None]) -> bool:
    try:
        envelope = json.loads(record["body"])
        event = read_event(envelope["detail-type"], envelope["detail"])
        logger().append_keys(
            correlation_id=event.meta.correlation_id,
            event_id=event.meta.event_id,
            detail_type=event.detail_type,
        )
        run(event)
    except Exception as error:  # noqa: BLE001 - the queue brings it again, the others go on
        log_error(error, "message failed")
        return False
    logger().info("event handled")
    return True


def _rest(record: dict[str, Any], put_off: PutOff) -> None:
    """Without it the message comes back all the same, after the queue's own time."""
    tries = int(record["attributes"]["ApproximateReceiveCount"])
    try:
        put_off(record["eventSourceARN"], record["receiptHandle"], pause_after(tries))
    except Exception as error:  # noqa: BLE001 - a wish about time must not fail the batch
        log_error(error, "message not put off")
