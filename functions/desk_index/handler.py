"""Queue: what changes in a prescription goes into what the desk finds it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.desk.failures import STOPPING, keep
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    order_id, orders, desk = event.data.prescription_id, aws.orders(), aws.desk()
    index(order_id, orders=orders, postings=desk, key=secrets().signing_key)
    if event.detail_type in STOPPING:
        keep(order_id, orders=orders, failures=desk)
