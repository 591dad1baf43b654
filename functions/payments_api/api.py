"""The one `Api` of this function, and what its routes share."""

from collections.abc import Callable
from typing import TypeVar

from pharmonico.adapters import aws, identity
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import reachable
from pharmonico.fulfillment.order import Order
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in

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
    act = act_in(
        api.call, action, resource, source="payments_api", clock=aws.CLOCK, outcome=outcome
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
