"""The one `Api` of this function, and what its routes share."""

from collections.abc import Callable
from typing import TypeVar

from pharmonico.adapters import aws, identity
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import reachable
from pharmonico.fulfillment.order import Order
from pharmonico.kit.errors import Rejected
from pharmonico.kit.ids import new_id
from pharmonico.lambdas.http import Api

api = Api(
    verifier=identity.verifier, sessions=aws.staff_sessions, tokens=aws.tokens, clock=aws.CLOCK
)

TAG = "payments"
T = TypeVar("T")


def within_reach(prescription_id: str) -> Order:
    """The prescription, if the caller may know that it exists."""
    return reachable(aws.orders().get(prescription_id), api.call.caller)


def audited(action: str, resource: str, *, outcome: str = "ok") -> None:
    """A read or an act of ops, sealed onto the chain of the prescription."""
    call = api.call
    act = audit.Act(
        act_id=new_id("act", clock=aws.CLOCK),
        at=aws.CLOCK.now(),
        actor=call.actor,
        action=action,
        resource=resource,
        outcome=outcome,
        source="payments_api",
        correlation_id=call.correlation_id,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)


def done(action: str, prescription_id: str, act: Callable[[], T]) -> T:
    """Do it and say so on the chain; a refusal is audited as well."""
    within_reach(prescription_id)
    try:
        answer = act()
    except Rejected as refusal:
        audited(action, prescription_id, outcome=refusal.code)
        raise
    audited(action, prescription_id)
    return answer
