"""Queue: what will not be dispensed is taken back at the payers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.adjudication import reversal
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    reversal.reverse_marked(
        event.data.prescription_id, orders=aws.orders(), payer=aws.payer(), clock=aws.CLOCK
    )
