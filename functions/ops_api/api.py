"""The one `Api` of this function, and what its routes share."""

from typing import TYPE_CHECKING

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import reachable
from pharmonico.fulfillment.order import Order
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in
from pydantic import BaseModel

if TYPE_CHECKING:
    from pharmonico.fulfillment.validation.examining import Shelf

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens)

TAG = "prescriptions"


def within_reach(prescription_id: str) -> Order:
    """The prescription, if the caller may know that it exists."""
    return reachable(aws.orders().get(prescription_id), api.call.caller)


def shelf() -> "Shelf":
    """What an examination of a prescription reads from."""
    from pharmonico.fulfillment.validation.examining import (  # noqa: PLC0415 - brings the codec
        Shelf,
    )

    return Shelf(
        orders=aws.orders(), patients=aws.patients(), directory=aws.directory(), clock=aws.CLOCK
    )


def unless_known(page: BaseModel) -> None:
    """End a poll with 304 when the caller has this very page; nothing new was shown then."""
    api.call.etag(0, page.model_dump_json())


def audited(action: str, resource: str, *, outcome: str = "ok", **detail: str) -> None:
    """A read of PHI or an act of ops, sealed onto the chain of what it was about."""
    act = act_in(
        api.call,
        action,
        resource,
        source="ops_api",
        clock=aws.CLOCK,
        outcome=outcome,
        detail=detail,
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)
