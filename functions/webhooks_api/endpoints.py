"""`/api/v1/webhooks/endpoints`: register, list, pause, resume, rotate, drop, try."""

from typing import Any

from pharmonico.adapters import aws, receivers, webhook_queue, webhooks
from pharmonico.fulfillment.access import Kind
from pharmonico.fulfillment.webhooks import registering
from pharmonico.fulfillment.webhooks.endpoint import client_audience, labeler_audience
from pharmonico.fulfillment.webhooks.targets import check_url
from pharmonico.kit.errors import FieldError, Invalid
from pharmonico.lambdas.http import Action

from functions.webhooks_api.api import TAG, api, audited, endpoint_named, own_audience
from functions.webhooks_api.models import (
    DeliveryView,
    EndpointList,
    EndpointRequest,
    EndpointSecret,
    EndpointView,
    delivery_view,
    view,
    view_with_secret,
)

ENDPOINTS = "/api/v1/webhooks/endpoints"
ONE = f"{ENDPOINTS}/<endpoint_id>"
LISTED_MAX = 100
TOLD_ONCE: dict[str, Any] = {"idempotent": True, "told_once": ("secret",), "tag": TAG}


@api.post(ENDPOINTS, Action.MANAGE_WEBHOOKS, status=201, **TOLD_ONCE)
def register_webhook_endpoint(asked: EndpointRequest) -> EndpointSecret:
    """Have events sent to an https URL, signed by the Standard Webhooks specification.

    The answer holds the signing secret, this once: a repeated request is answered without it.
    Events of the caller's own prescriptions are sent; staff name another provider's client, or a
    labeler code for a manufacturer.
    """
    url = check_url(asked.url, loopback=receivers.takes_loopback())
    endpoint = registering.register(
        _audience(asked),
        url,
        asked.events,
        description=asked.description,
        actor=api.call.actor,
        endpoints=webhooks.endpoints(),
        clock=aws.CLOCK,
    )
    audited("webhook_registered", endpoint, audience=endpoint.audience)
    return view_with_secret(endpoint)


@api.get(ENDPOINTS, Action.READ_WEBHOOKS, tag=TAG)
def list_webhook_endpoints() -> EndpointList:
    """The caller's endpoints; staff see everybody's."""
    audience, known = own_audience(), webhooks.endpoints()
    found = known.all(limit=LISTED_MAX) if audience is None else known.of(audience)
    return EndpointList(items=[view(endpoint) for endpoint in found])


@api.get(ONE, Action.READ_WEBHOOKS, tag=TAG)
def read_webhook_endpoint(endpoint_id: str) -> EndpointView:
    """One endpoint, without its secret."""
    return view(endpoint_named(endpoint_id))


@api.delete(ONE, Action.MANAGE_WEBHOOKS, tag=TAG)
def drop_webhook_endpoint(endpoint_id: str) -> EndpointView:
    """Send nothing there any more; what was not delivered yet is dropped with it."""
    endpoint = endpoint_named(endpoint_id)
    webhooks.endpoints().drop(endpoint)
    audited("webhook_dropped", endpoint)
    return view(endpoint)


@api.post(f"{ONE}/pause", Action.MANAGE_WEBHOOKS, tag=TAG)
def pause_webhook_endpoint(endpoint_id: str) -> EndpointView:
    """Hold back what happens from now on."""
    endpoint = registering.pause(endpoint_named(endpoint_id), endpoints=webhooks.endpoints())
    audited("webhook_paused", endpoint)
    return view(endpoint)


@api.post(f"{ONE}/resume", Action.MANAGE_WEBHOOKS, tag=TAG)
def resume_webhook_endpoint(endpoint_id: str) -> EndpointView:
    """Send again from now on; a replay sends what was held."""
    endpoint = registering.activate(endpoint_named(endpoint_id), endpoints=webhooks.endpoints())
    audited("webhook_resumed", endpoint)
    return view(endpoint)


@api.post(f"{ONE}/rotate", Action.MANAGE_WEBHOOKS, **TOLD_ONCE)
def rotate_webhook_secret(endpoint_id: str) -> EndpointSecret:
    """A new signing secret; for 24 hours the old one signs beside it.

    A repeated request is answered without the secret.
    """
    endpoint = registering.rotate(
        endpoint_named(endpoint_id), endpoints=webhooks.endpoints(), clock=aws.CLOCK
    )
    audited("webhook_secret_rotated", endpoint)
    return view_with_secret(endpoint)


@api.post(f"{ONE}/test", Action.MANAGE_WEBHOOKS, idempotent=True, status=202, tag=TAG)
def send_test_webhook(endpoint_id: str) -> DeliveryView:
    """Send a signed `webhook_test` that is about nothing."""
    delivery = registering.send_test(
        endpoint_named(endpoint_id),
        deliveries=webhooks.deliveries(),
        dispatch=webhook_queue.dispatch(),
        clock=aws.CLOCK,
    )
    return delivery_view(delivery)


def _audience(asked: EndpointRequest) -> str:
    caller = api.call.caller
    if caller.kind is not Kind.STAFF:
        own = caller.client_id or caller.id
        if asked.labeler or asked.client_id not in {None, own}:
            raise _whose("Providers register endpoints of their own only.")
        return client_audience(own)
    if (asked.client_id is None) == (asked.labeler is None):
        raise _whose("Name either client_id or labeler.")
    return (
        labeler_audience(asked.labeler) if asked.labeler else client_audience(f"{asked.client_id}")
    )


def _whose(detail: str) -> Invalid:
    return Invalid(
        "webhook.audience", detail, (FieldError("/client_id", "webhook.audience", detail),)
    )
