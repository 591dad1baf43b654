"""Queue: money that ops wants to go back is given back at the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.stripe_payments import checkouts
from pharmonico.fulfillment.payment import refunding
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    refunding.carry_out(
        event.data.prescription_id,
        event.data.attempt,
        event.data.refund,
        orders=aws.orders(),
        checkouts=checkouts(),
        clock=aws.CLOCK,
    )
