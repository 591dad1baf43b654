"""The one `Api` of this function, and what its routes share."""

from pharmonico.adapters import aws, webhooks
from pharmonico.adapters.identity import verifier
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import Kind
from pharmonico.fulfillment.webhooks.endpoint import Endpoint, client_audience
from pharmonico.fulfillment.webhooks.registering import owned
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens, clock=aws.CLOCK)

TAG = "webhooks"


def own_audience() -> str | None:
    """A provider's own; None for staff, who see all."""
    caller = api.call.caller
    if caller.kind is Kind.STAFF:
        return None
    return client_audience(caller.client_id or caller.id)


def endpoint_named(endpoint_id: str) -> Endpoint:
    """The endpoint, if the caller may know that it exists."""
    return owned(endpoint_id, own_audience(), endpoints=webhooks.endpoints())


def audited(action: str, endpoint: Endpoint, **detail: str) -> None:
    """An act upon an endpoint, sealed onto the endpoint's own chain."""
    act = act_in(
        api.call,
        action,
        endpoint.endpoint_id,
        source="webhooks_api",
        clock=aws.CLOCK,
        detail=detail,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
