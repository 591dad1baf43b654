"""The one `Api` of this function, and what its routes share."""

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.fulfillment import audit
from pharmonico.kit.ids import new_id
from pharmonico.lambdas.http import Api
from pydantic import BaseModel

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens)

TAG = "desk"


def unless_known(shown: BaseModel) -> None:
    """End a poll with 304 when the caller has this very answer."""
    api.call.etag(0, shown.model_dump_json())


def audited(action: str, resource: str, *, outcome: str = "ok", **detail: str) -> None:
    """A read of PHI or an act of ops, sealed onto the chain of what it was about."""
    call = api.call
    act = audit.Act(
        act_id=new_id("act", clock=aws.CLOCK),
        at=aws.CLOCK.now(),
        actor=call.actor,
        action=action,
        resource=resource,
        outcome=outcome,
        source="desk_api",
        correlation_id=call.correlation_id,
        detail=detail,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
