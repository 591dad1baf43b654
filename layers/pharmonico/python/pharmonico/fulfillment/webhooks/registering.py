"""What the owner of an endpoint does with it: register, pause, resume, rotate, drop, try."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.fulfillment.webhooks.endpoint import Endpoint, Secret
from pharmonico.fulfillment.webhooks.fanning import task_of
from pharmonico.fulfillment.webhooks.messages import TEST_TYPE, message_id, test_body
from pharmonico.fulfillment.webhooks.signing import new_secret
from pharmonico.kit.errors import Conflict, NotFound
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.webhooks.endpoint import EventType
    from pharmonico.fulfillment.webhooks.ports import Deliveries, Dispatch, Endpoints
    from pharmonico.kit.clock import Clock

ENDPOINTS_MAX = 10
"""Of one audience: each event is sent to all of them."""
OVERLAP = timedelta(hours=24)
"""How long an old secret still signs beside the new one."""


def register(
    audience: str,
    url: str,
    events: Sequence[EventType],
    *,
    description: str,
    actor: Actor,
    endpoints: Endpoints,
    clock: Clock,
) -> Endpoint:
    """A new endpoint with a secret of its own; the URL must have been checked."""
    known = endpoints.of(audience)
    if len(known) >= ENDPOINTS_MAX:
        raise Conflict("webhook.too_many", f"There are {ENDPOINTS_MAX} endpoints already.")
    if any(each.url == url for each in known):
        raise Conflict("webhook.known_url", "This URL is registered already.")
    endpoint = Endpoint(
        endpoint_id=new_id("whe", clock=clock),
        audience=audience,
        url=url,
        events=tuple(dict.fromkeys(events)),
        description=description,
        secrets=(Secret(value=new_secret()),),
        created_at=clock.now(),
        created_by=actor.id,
    )
    return endpoints.add(endpoint)


def owned(endpoint_id: str, audience: str | None, *, endpoints: Endpoints) -> Endpoint:
    """The endpoint; `NotFound` for one of another audience (None: whoever's it is)."""
    endpoint = endpoints.get(endpoint_id)
    if endpoint is None or audience not in {None, endpoint.audience}:
        raise NotFound("webhook.not_found", "There is no such endpoint.")
    return endpoint


def pause(endpoint: Endpoint, *, endpoints: Endpoints) -> Endpoint:
    """What happens from now on is held; nothing is lost, and nothing is sent."""
    if endpoint.status == "paused":
        return endpoint
    return endpoints.put(endpoint.model_copy(update={"status": "paused"}))


def activate(endpoint: Endpoint, *, endpoints: Endpoints) -> Endpoint:
    """Send again; what was held is sent by a replay."""
    if endpoint.status == "active":
        return endpoint
    return endpoints.put(endpoint.model_copy(update={"status": "active"}))


def rotate(endpoint: Endpoint, *, endpoints: Endpoints, clock: Clock) -> Endpoint:
    """A new secret; the one before signs beside it for a day, older ones no more."""
    now = clock.now()
    former = endpoint.secrets[0].model_copy(update={"ends_at": now + OVERLAP})
    fresh = Secret(value=new_secret())
    return endpoints.put(endpoint.model_copy(update={"secrets": (fresh, former)}))


def send_test(
    endpoint: Endpoint, *, deliveries: Deliveries, dispatch: Dispatch, clock: Clock
) -> Delivery:
    """Send a message about nothing, whatever the endpoint is subscribed to."""
    if endpoint.status != "active":
        raise Conflict("webhook.not_active", "Resume the endpoint first.")
    now = clock.now()
    delivery = deliveries.put(
        Delivery(
            endpoint_id=endpoint.endpoint_id,
            message_id=message_id(new_id("evt", clock=clock)),
            event_type=TEST_TYPE,
            body=test_body(now),
            created_at=now,
        )
    )
    dispatch.hand_in([task_of(delivery)])
    return delivery
