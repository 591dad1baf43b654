"""Queue: what changes in a prescription goes into what the desk finds it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.desk.indexing import index
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    index(
        event.data.prescription_id,
        orders=aws.orders(),
        postings=aws.desk(),
        key=secrets().signing_key,
    )
