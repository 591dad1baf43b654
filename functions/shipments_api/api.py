"""The one `Api` of this function, and what its routes share."""

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import Role, reachable
from pharmonico.fulfillment.order import Order
from pharmonico.kit.errors import Forbidden
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.worklist import Bench

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens, clock=aws.CLOCK)

TAG = "shipments"
SHIPMENTS = "/api/v1/shipments"
SEE_ALL = frozenset({Role.OPS, Role.AUDITOR})
ONE = f"{SHIPMENTS}/<prescription_id>"


def within_reach(prescription_id: str) -> Order:
    """The prescription, if the caller may know that it exists."""
    return reachable(aws.orders().get(prescription_id), api.call.caller)


def must_be_own(pharmacy_id: str | None) -> None:
    """Ops and auditors see every pharmacy; who belongs to some sees those."""
    caller = api.call.caller
    if not caller.roles & SEE_ALL and pharmacy_id not in caller.pharmacies:
        raise Forbidden("shipping.other_pharmacy", "Another pharmacy sends this parcel.")


def bench() -> "Bench":
    """Who decides, and with what."""
    from pharmonico.fulfillment.shipping.worklist import (  # noqa: PLC0415 - brings the events, 60 ms
        Bench,
    )

    return Bench(
        actor=api.call.actor,
        orders=aws.orders(),
        carriers=carriers(),
        directory=aws.directory(),
        machine=aws.machine(),
        clock=aws.CLOCK,
    )


def audited(action: str, resource: str, *, outcome: str = "ok", **detail: str) -> None:
    """A read of PHI or an act upon a parcel, sealed onto the chain of what it was about."""
    act = act_in(
        api.call,
        action,
        resource,
        source="shipments_api",
        clock=aws.CLOCK,
        outcome=outcome,
        detail=detail,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
