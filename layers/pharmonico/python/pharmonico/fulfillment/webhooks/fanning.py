"""From one event to the deliveries it calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.fulfillment.webhooks.endpoint import (
    client_audience,
    labeler_audience,
    labeler_of,
)
from pharmonico.fulfillment.webhooks.messages import body_of, message_id
from pharmonico.fulfillment.webhooks.ports import Task
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint
    from pharmonico.fulfillment.webhooks.ports import Deliveries, Dispatch, Endpoints
    from pharmonico.kit.clock import Clock


def fan_out(
    event: Event[Any],
    *,
    orders: Orders,
    endpoints: Endpoints,
    deliveries: Deliveries,
    dispatch: Dispatch,
    clock: Clock,
) -> int:
    """Put a delivery into the log and into the queue for each endpoint; answers how many.

    Called again with the same event it logs nothing new, and queues what may not have been.
    """
    order = orders.get(event.data.prescription_id)
    tasks = []
    for endpoint in _listening(order, event.detail_type, endpoints):
        delivery = Delivery(
            endpoint_id=endpoint.endpoint_id,
            message_id=message_id(event.meta.event_id),
            event_type=event.detail_type,
            prescription_id=order.id,
            body=body_of(event),
            status="pending" if endpoint.status == "active" else "held",
            created_at=clock.now(),
        )
        known = _logged(delivery, deliveries)
        if known.status == "pending":
            tasks.append(task_of(known))
    if tasks:
        dispatch.hand_in(tasks)
    return len(tasks)


def task_of(delivery: Delivery) -> Task:
    return Task(
        endpoint_id=delivery.endpoint_id, message_id=delivery.message_id, round=delivery.round
    )


def _listening(order: Order, event_type: str, endpoints: Endpoints) -> Iterator[Endpoint]:
    audiences = [client_audience(order.origin.client_id)]
    if labeler := labeler_of(order.summary.ndc):
        audiences.append(labeler_audience(labeler))
    for audience in audiences:
        # Mostly nobody listens: half a unit for each look, and an endpoint of a moment ago may
        # hear of the next event first.
        known = endpoints.of(audience, fresh=False)
        yield from (each for each in known if each.hears(event_type))


def _logged(delivery: Delivery, deliveries: Deliveries) -> Delivery:
    """The delivery as it lies in the log, which is an older one when the event came again."""
    try:
        return deliveries.put(delivery)
    except VersionConflict:
        known = deliveries.get(delivery.endpoint_id, delivery.message_id)
        return known or delivery
