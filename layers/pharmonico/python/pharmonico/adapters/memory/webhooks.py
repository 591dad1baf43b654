"""Endpoints, their log, the queue and the other side, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pharmonico.fulfillment.webhooks.ports import DeliveryPage
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pharmonico.fulfillment.webhooks.delivery import Delivery, State
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint
    from pharmonico.fulfillment.webhooks.ports import Task
    from pharmonico.kit.errors import PharmonicoError

OK = 200


class MemoryEndpoints:
    def __init__(self) -> None:
        self._kept: dict[str, Endpoint] = {}

    def get(self, endpoint_id: str) -> Endpoint | None:
        return self._kept.get(endpoint_id)

    def of(self, audience: str, *, fresh: bool = True) -> tuple[Endpoint, ...]:  # noqa: ARG002 - always is
        return tuple(each for each in self._sorted() if each.audience == audience)

    def all(self, *, limit: int) -> tuple[Endpoint, ...]:
        return tuple(self._sorted())[:limit]

    def add(self, endpoint: Endpoint) -> Endpoint:
        return self.put(endpoint)

    def put(self, endpoint: Endpoint) -> Endpoint:
        held = self._kept.get(endpoint.endpoint_id)
        if endpoint.version != (held.version if held else 0):
            raise VersionConflict
        raised = endpoint.model_copy(update={"version": endpoint.version + 1})
        self._kept[endpoint.endpoint_id] = raised
        return raised

    def drop(self, endpoint: Endpoint) -> None:
        if self._kept.pop(endpoint.endpoint_id, None) is None:
            raise VersionConflict

    def _sorted(self) -> list[Endpoint]:
        return [self._kept[key] for key in sorted(self._kept)]


class MemoryDeliveries:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Delivery] = {}

    def get(self, endpoint_id: str, message_id: str) -> Delivery | None:
        return self._kept.get((endpoint_id, message_id))

    def put(self, delivery: Delivery) -> Delivery:
        key = delivery.endpoint_id, delivery.message_id
        held = self._kept.get(key)
        if delivery.version != (held.version if held else 0):
            raise VersionConflict
        self._kept[key] = delivery.model_copy(update={"version": delivery.version + 1})
        return self._kept[key]

    def page(
        self,
        endpoint_id: str,
        *,
        limit: int,
        after: str | None = None,
        statuses: Sequence[State] = (),
    ) -> DeliveryPage:
        keys = sorted((key for key in self._kept if key[0] == endpoint_id), reverse=True)
        found = [
            self._kept[key]
            for key in keys
            if (after is None or key[1] < after)
            and (not statuses or self._kept[key].status in statuses)
        ]
        items = tuple(found[:limit])
        return DeliveryPage(items, items[-1].message_id if len(found) > limit else None)


@dataclass
class MemoryDispatch:
    """Keeps what was handed in."""

    tasks: list[Task] = field(default_factory=list)

    def hand_in(self, tasks: Sequence[Task]) -> None:
        self.tasks += tasks


@dataclass
class MemoryReceivers:
    """Answers `answers` in turn, then 200; an error among them is raised."""

    answers: list[int | PharmonicoError] = field(default_factory=list)
    posted: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.posted.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else OK
        if isinstance(answer, int):
            return answer
        raise answer
