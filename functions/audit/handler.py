"""Queue: every domain event becomes a sealed entry of its prescription's audit chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment import audit
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    audit.append(audit.act_of(event), trail=aws.audit_trail())
