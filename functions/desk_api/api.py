"""The one `Api` of this function, and what its routes share."""

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.fulfillment import audit
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in
from pydantic import BaseModel

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens)

TAG = "desk"


def unless_known(shown: BaseModel) -> None:
    """End a poll with 304 when the caller has this very answer."""
    api.call.etag(0, shown.model_dump_json())


def audited(action: str, resource: str, *, outcome: str = "ok", **detail: str) -> None:
    """A read of PHI or an act of ops, sealed onto the chain of what it was about."""
    act = act_in(
        api.call,
        action,
        resource,
        source="desk_api",
        clock=aws.CLOCK,
        outcome=outcome,
        detail=detail,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
