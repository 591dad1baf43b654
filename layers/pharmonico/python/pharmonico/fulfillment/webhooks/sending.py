"""One try of one delivery.

At least once, as the specification has it: a process that dies between the receiver's yes and our
note of it sends again, under the same message id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.webhooks.delivery import Attempt
from pharmonico.fulfillment.webhooks.signing import signed_headers
from pharmonico.kit.errors import PharmonicoError

if TYPE_CHECKING:
    from pharmonico.fulfillment.webhooks.delivery import Delivery
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint
    from pharmonico.fulfillment.webhooks.ports import Deliveries, Endpoints, Receivers, Task
    from pharmonico.kit.clock import Clock

GONE = 410
USER_AGENT = "Pharmonico-Webhooks/1.0"


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What sending takes."""

    endpoints: Endpoints
    deliveries: Deliveries
    receivers: Receivers
    clock: Clock


def deliver(task: Task, *, room: Mailroom) -> int | None:
    """Try once; answers in how many seconds to try again, None when this round is over.

    A task of an older round, of what was delivered or of an endpoint that was dropped does nothing.
    """
    delivery = room.deliveries.get(task.endpoint_id, task.message_id)
    endpoint = room.endpoints.get(task.endpoint_id)
    if delivery is None or endpoint is None or not _is_due(delivery, task):
        return None
    if early_s := _seconds_early(delivery, room.clock):
        return early_s
    if endpoint.status != "active":
        room.deliveries.put(delivery.held())
        return None
    attempt = _attempt(delivery, endpoint, room=room)
    after = room.deliveries.put(delivery.tried(attempt))
    if attempt.status == GONE:
        room.endpoints.put(endpoint.model_copy(update={"status": "gone"}))
        room.deliveries.put(after.held())
        return None
    return _seconds_early(after, room.clock) or None


def _is_due(delivery: Delivery, task: Task) -> bool:
    return delivery.status == "pending" and delivery.round == task.round


def _seconds_early(delivery: Delivery, clock: Clock) -> int:
    """A queue may bring a message before its time: then it rests for what is left."""
    if delivery.next_at is None:
        return 0
    return max(0, round((delivery.next_at - clock.now()).total_seconds()))


def _attempt(delivery: Delivery, endpoint: Endpoint, *, room: Mailroom) -> Attempt:
    begun, body = room.clock.now(), delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        **signed_headers(
            delivery.message_id,
            body,
            secrets=endpoint.signing(begun),
            at_s=int(begun.timestamp()),
        ),
    }
    status, problem = None, None
    try:
        status = room.receivers.post(endpoint.url, body, headers)
    except PharmonicoError as error:
        problem = error.code
    ended = room.clock.now()
    took_ms = int((ended - begun).total_seconds() * 1000)
    return Attempt(at=ended, status=status, problem=problem, took_ms=took_ms)
