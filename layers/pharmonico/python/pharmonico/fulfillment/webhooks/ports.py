"""What webhooks need of the outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from pharmonico.fulfillment.webhooks.endpoint import FROZEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pharmonico.fulfillment.webhooks.delivery import Delivery, State
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint


class Endpoints(Protocol):
    """The addresses of every audience."""

    def get(self, endpoint_id: str) -> Endpoint | None: ...

    def of(self, audience: str, *, fresh: bool = True) -> tuple[Endpoint, ...]:
        """An audience's endpoints, oldest first; unless `fresh`, as of a moment ago."""
        ...

    def all(self, *, limit: int) -> tuple[Endpoint, ...]: ...

    def add(self, endpoint: Endpoint) -> Endpoint: ...

    def put(self, endpoint: Endpoint) -> Endpoint:
        """Write over the version that was read; `VersionConflict` when another came first."""
        ...

    def drop(self, endpoint: Endpoint) -> None: ...


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Some deliveries, newest first; `next_after` is None on the last page."""

    items: tuple[Delivery, ...]
    next_after: str | None


class Deliveries(Protocol):
    """The log: what was sent to an endpoint, or is to be."""

    def get(self, endpoint_id: str, message_id: str) -> Delivery | None: ...

    def put(self, delivery: Delivery) -> Delivery:
        """Write over the version that was read; `VersionConflict` when another came first."""
        ...

    def page(
        self,
        endpoint_id: str,
        *,
        limit: int,
        after: str | None = None,
        statuses: Sequence[State] = (),
    ) -> DeliveryPage:
        """Newest first, before the message `after`."""
        ...


class Task(BaseModel):
    """One round of tries of one delivery, as it lies in the sender's queue."""

    model_config = FROZEN

    endpoint_id: str
    message_id: str
    round: int


class Dispatch(Protocol):
    """The queue of what is to be sent."""

    def hand_in(self, tasks: Sequence[Task]) -> None: ...


class Receivers(Protocol):
    """The other side."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The HTTP status; `Unavailable` without an answer, `Rejected` for a forbidden address."""
        ...
