"""Bus: an awaited event arrived; answer the stored task token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.fulfillment.machine import waiting
from pharmonico.lambdas.bus import consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@consumer
def lambda_handler(event: Event[Any]) -> None:
    waiting.wake(event, orders=aws.orders(), machine=aws.machine())
