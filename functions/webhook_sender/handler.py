"""Queue: one try of one webhook; what did not arrive comes again by the schedule."""

from __future__ import annotations

from pharmonico.adapters import aws, webhooks
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.receivers import receivers
from pharmonico.fulfillment.webhooks.ports import Task
from pharmonico.fulfillment.webhooks.sending import Mailroom, deliver
from pharmonico.lambdas.queue import Later, task_consumer


@task_consumer(Task.model_validate_json, put_off=put_off)
def lambda_handler(task: Task) -> None:
    room = Mailroom(
        endpoints=webhooks.endpoints(),
        deliveries=webhooks.deliveries(),
        receivers=receivers(),
        clock=aws.CLOCK,
    )
    pause_s = deliver(task, room=room)
    if pause_s is not None:
        raise Later(pause_s)
