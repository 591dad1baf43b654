"""The delivery log of an endpoint, and its replay."""

from typing import Annotated

from pharmonico.adapters import aws, webhook_queue, webhooks
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.webhooks.delivery import State
from pharmonico.fulfillment.webhooks.replaying import replay_one, replay_since
from pharmonico.kit.clock import in_utc
from pharmonico.lambdas.http import Action, Query
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor

from functions.webhooks_api.api import TAG, api, audited, endpoint_named
from functions.webhooks_api.endpoints import ONE
from functions.webhooks_api.models import (
    DeliveryList,
    DeliveryView,
    ReplayRequest,
    ReplayView,
    delivery_view,
)

LOG = f"{ONE}/deliveries"


@api.get(LOG, Action.READ_WEBHOOKS, tag=TAG)
def list_webhook_deliveries(
    endpoint_id: str,
    *,
    status: Annotated[list[State] | None, Query(description="one or several")] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> DeliveryList:
    """What was sent to the endpoint within 30 days, newest first, with every try."""
    endpoint = endpoint_named(endpoint_id)
    scope, key = f"deliveries{endpoint.endpoint_id}{status}", secrets().signing_key
    page = webhooks.deliveries().page(
        endpoint.endpoint_id,
        limit=limit,
        after=read_cursor(cursor, scope=scope, key=key),
        statuses=tuple(status or ()),
    )
    return DeliveryList(
        items=[delivery_view(each) for each in page.items],
        next_cursor=write_cursor(page.next_after, scope=scope, key=key),
    )


@api.post(
    f"{LOG}/<message_id>/replay", Action.MANAGE_WEBHOOKS, idempotent=True, status=202, tag=TAG
)
def replay_webhook(endpoint_id: str, message_id: str) -> DeliveryView:
    """Send a message again, under the same id."""
    endpoint = endpoint_named(endpoint_id)
    again = replay_one(
        endpoint, message_id, deliveries=webhooks.deliveries(), dispatch=webhook_queue.dispatch()
    )
    audited("webhook_replayed", endpoint, message_id=message_id)
    return delivery_view(again)


@api.post(f"{ONE}/replay", Action.MANAGE_WEBHOOKS, idempotent=True, status=202, tag=TAG)
def replay_webhooks(endpoint_id: str, asked: ReplayRequest) -> ReplayView:
    """Send all messages of a time again that failed or were held, at most 100 at once."""
    endpoint = endpoint_named(endpoint_id)
    until = in_utc(asked.until) if asked.until else aws.CLOCK.now()
    replayed = replay_since(
        endpoint,
        in_utc(asked.since),
        until,
        statuses=asked.statuses,
        deliveries=webhooks.deliveries(),
        dispatch=webhook_queue.dispatch(),
    )
    audited("webhooks_replayed", endpoint, count=str(replayed.count))
    return ReplayView(queued=replayed.count, more=replayed.more)
