"""What the webhooks API takes and answers."""

from datetime import datetime
from typing import Literal

from pharmonico.fulfillment.webhooks.delivery import Attempt, Delivery, State
from pharmonico.fulfillment.webhooks.endpoint import Endpoint, EventType
from pydantic import BaseModel, ConfigDict, Field


class EndpointRequest(BaseModel):
    """Staff say whose it is: a provider's client, or the maker of a drug by its labeler code."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=500)
    events: list[EventType] = Field(min_length=1, max_length=20)
    description: str = Field(default="", max_length=100)
    client_id: str | None = Field(default=None, min_length=1, max_length=64)
    labeler: str | None = Field(default=None, pattern=r"^\d{5}$")


class EndpointView(BaseModel):
    """An endpoint without its secrets; `audience` is `client#<id>` or `labeler#<code>`."""

    endpoint_id: str
    audience: str
    url: str
    events: list[EventType]
    description: str
    status: Literal["active", "paused", "gone"]
    created_at: datetime
    old_secret_until: datetime | None


class EndpointSecret(EndpointView):
    """The endpoint with its new signing secret, which is told this once.

    Empty where a request is answered that was repeated with its Idempotency-Key.
    """

    secret: str


class EndpointList(BaseModel):
    items: list[EndpointView]


class DeliveryView(BaseModel):
    """One message, what became of it, and every try; `body` is what was sent."""

    message_id: str
    event_type: str
    prescription_id: str | None
    status: State
    tries: int
    next_at: datetime | None
    created_at: datetime
    attempts: list[Attempt]
    body: str


class DeliveryList(BaseModel):
    items: list[DeliveryView]
    next_cursor: str | None


class ReplayRequest(BaseModel):
    """Which messages are sent again: those of events of this time that have these statuses."""

    model_config = ConfigDict(extra="forbid")

    since: datetime
    until: datetime | None = None
    statuses: list[State] = Field(default=["failed", "held"], min_length=1, max_length=4)


class ReplayView(BaseModel):
    """How many were queued; with `more`, ask again for the rest."""

    queued: int
    more: bool


def view(endpoint: Endpoint) -> EndpointView:
    return EndpointView.model_validate(_facts(endpoint))


def view_with_secret(endpoint: Endpoint) -> EndpointSecret:
    return EndpointSecret.model_validate({**_facts(endpoint), "secret": endpoint.secrets[0].value})


def delivery_view(delivery: Delivery) -> DeliveryView:
    return DeliveryView(
        message_id=delivery.message_id,
        event_type=delivery.event_type,
        prescription_id=delivery.prescription_id,
        status=delivery.status,
        tries=delivery.tries,
        next_at=delivery.next_at,
        created_at=delivery.created_at,
        attempts=list(delivery.attempts),
        body=delivery.body,
    )


def _facts(endpoint: Endpoint) -> dict[str, object]:
    former = endpoint.secrets[1:2]
    return {
        "endpoint_id": endpoint.endpoint_id,
        "audience": endpoint.audience,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "description": endpoint.description,
        "status": endpoint.status,
        "created_at": endpoint.created_at,
        "old_secret_until": former[0].ends_at if former else None,
    }
