"""Queue: tell the patient what an event means to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws, sms
from pharmonico.adapters.queues import put_off
from pharmonico.fulfillment.notification.notices import Desk, notify
from pharmonico.kit.settings import settings
from pharmonico.lambdas.queue import queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    desk = Desk(
        orders=aws.orders(),
        tokens=aws.tokens(),
        senders={"email": aws.email(), "sms": sms.sender()},
        clock=aws.CLOCK,
        portal_url=settings().need("PORTAL_URL").rstrip("/"),
    )
    notify(event, desk=desk)
