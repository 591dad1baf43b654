"""Queue: who shall hear of an event, into the log and into the sender's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws, webhook_queue, webhooks
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.webhooks.fanning import fan_out
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    fan_out(
        event,
        orders=aws.orders(),
        endpoints=webhooks.endpoints(),
        deliveries=webhooks.deliveries(),
        dispatch=webhook_queue.dispatch(),
        clock=aws.CLOCK,
    )
