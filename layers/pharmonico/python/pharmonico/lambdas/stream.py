"""The shell of the outbox: table stream records in, the events of their writes out.

It raises on any failure and never reports single items: an engine may drop what is reported, and
a batch repeated whole is safe because consumers are idempotent by event id.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pharmonico.kit.packing import unpack_text
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.ports import Bus


def publisher(bus: Callable[[], Bus]) -> Callable[[dict[str, Any], Any], None]:
    """A handler that publishes the outboxes of a batch in the order of the writes."""

    @discreet
    def lambda_handler(batch: dict[str, Any], _context: Any) -> None:
        envelopes = [envelope for record in batch["Records"] for envelope in _outbox(record)]
        if envelopes:
            bus().publish(envelopes)
        logger().info("published", events=[e["detail"]["meta"]["event_id"] for e in envelopes])

    return lambda_handler


def _outbox(record: dict[str, Any]) -> list[dict[str, Any]]:
    image = record["dynamodb"].get("NewImage", {})
    told = unpack_text(image.get("outbox", {"S": "[]"})["S"])
    events: list[dict[str, Any]] = json.loads(told)
    return events
