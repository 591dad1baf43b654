"""Sending again what was sent, failed or held: one message, or all of a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pharmonico.fulfillment.webhooks.fanning import task_of
from pharmonico.fulfillment.webhooks.messages import PREFIX
from pharmonico.kit.errors import Conflict, NotFound, VersionConflict
from pharmonico.kit.ids import first_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pharmonico.fulfillment.webhooks.delivery import Delivery, State
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint
    from pharmonico.fulfillment.webhooks.ports import Deliveries, Dispatch, Task

AT_ONCE_MAX = 100
PAGES_MAX = 50
UNSENT: tuple[State, ...] = ("failed", "held")


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were queued again; `more` when the limit was reached first."""

    count: int
    more: bool


def replay_one(
    endpoint: Endpoint, message_id: str, *, deliveries: Deliveries, dispatch: Dispatch
) -> Delivery:
    """A new round of tries, under the same message id; what is on its way stays so."""
    _must_be_active(endpoint)
    delivery = deliveries.get(endpoint.endpoint_id, message_id)
    if delivery is None:
        raise NotFound("webhook.no_such_message", "There is no such message in the log.")
    again = delivery if delivery.status == "pending" else deliveries.put(delivery.again())
    dispatch.hand_in([task_of(again)])
    return again


def replay_since(
    endpoint: Endpoint,
    since: datetime,
    until: datetime,
    *,
    statuses: Sequence[State],
    deliveries: Deliveries,
    dispatch: Dispatch,
) -> Replayed:
    """Every delivery of an event of that time with one of the statuses, newest first, to a limit.

    Called again it goes on where it stopped: what it queued has another status by then.
    """
    _must_be_active(endpoint)
    oldest = first_id(PREFIX, since)
    logged = _newest_first(endpoint, first_id(PREFIX, until), deliveries)
    recent = takewhile(lambda delivery: delivery.message_id >= oldest, logged)
    found = list(islice((each for each in recent if each.status in statuses), AT_ONCE_MAX + 1))
    tasks = [task for each in found[:AT_ONCE_MAX] if (task := _taken_up(each, deliveries))]
    if tasks:
        dispatch.hand_in(tasks)
    return Replayed(len(tasks), more=len(found) > AT_ONCE_MAX)


def _newest_first(endpoint: Endpoint, before: str, deliveries: Deliveries) -> Iterator[Delivery]:
    after: str | None = before
    for _ in range(PAGES_MAX):
        page = deliveries.page(endpoint.endpoint_id, limit=AT_ONCE_MAX, after=after)
        yield from page.items
        after = page.next_after
        if after is None:
            return


def _taken_up(delivery: Delivery, deliveries: Deliveries) -> Task | None:
    try:
        return task_of(deliveries.put(delivery.again()))
    except VersionConflict:
        return None  # somebody else has just taken it up


def _must_be_active(endpoint: Endpoint) -> None:
    if endpoint.status != "active":
        raise Conflict("webhook.not_active", "Resume the endpoint first.")
