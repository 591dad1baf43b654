"""Queue: tell the patient what an event means to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws, sms
from pharmonico.adapters.queues import put_off
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.notification.contacts import read_hours
from pharmonico.fulfillment.notification.notices import Desk, QuietHours, notify
from pharmonico.fulfillment.notification.ways import Manners
from pharmonico.kit.settings import settings
from pharmonico.lambdas.queue import Later, queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event


@queue_consumer(put_off=put_off)
def lambda_handler(event: Event[Any]) -> None:
    desk = Desk(
        orders=aws.orders(),
        tokens=aws.tokens(),
        senders={"email": aws.email(), "sms": sms.sender()},
        manners=Manners(
            contacts=aws.contacts(),
            signing_key=lambda: secrets().signing_key,
            quiet=read_hours(settings().QUIET_HOURS),
        ),
        clock=aws.CLOCK,
        portal_url=settings().need("PORTAL_URL").rstrip("/"),
    )
    try:
        notify(event, desk=desk)
    except QuietHours as quiet:
        raise Later.at(quiet.until, now=aws.CLOCK.now()) from None
