"""Queue: messages to the prescriber are sent, and sent again after passing trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.correspondence import sending
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


def post() -> sending.Post:
    return sending.Post(
        orders=aws.orders(),
        clients=aws.known_clients(),
        prescribers=aws.prescribers(),
        clock=aws.CLOCK,
    )


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    sending.send(event.data.prescription_id, event.data.message, post=post())
