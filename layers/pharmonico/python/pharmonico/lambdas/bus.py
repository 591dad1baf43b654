"""The shell of an EventBridge consumer: a typed event and its correlation id."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from pharmonico.events.registry import read_event
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.events.envelope import Event


def consumer(run: Callable[[Event[Any]], None]) -> Callable[[dict[str, Any], Any], None]:
    """Decorate `run(event)`; it must be idempotent by `event.meta.event_id`.

    What it raises goes back to EventBridge, which retries and then fills the dead-letter queue.
    """

    @discreet
    @wraps(run)
    def lambda_handler(envelope: dict[str, Any], _context: Any) -> None:
        event = read_event(envelope["detail-type"], envelope["detail"])
        logger().append_keys(
            correlation_id=event.meta.correlation_id,
            event_id=event.meta.event_id,
            detail_type=event.detail_type,
        )
        run(event)
        logger().info("event handled")

    return lambda_handler
