"""Queue: messages to the prescriber are sent, and sent again after passing trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.correspondence import filling, sending
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event

FILLS = frozenset({"prescription_dispensed", "dispense_refused"})


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    post = sending.Post(
        orders=aws.orders(),
        clients=aws.known_clients(),
        prescribers=aws.prescribers(),
        clock=aws.CLOCK,
    )
    if event.detail_type in FILLS:
        filling.tell_fill(event, post=post, directory=aws.directory())
    else:
        sending.send(event.data.prescription_id, event.data.message, post=post)
