"""`…/{id}/dispense` and the pharmacist's queue: only for the pharmacy that was chosen."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.dispensing import pharmacist, restocking
from pharmonico.fulfillment.dispensing.papers import Counselling, Disposal
from pharmonico.fulfillment.dispensing.shown import Beside
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Forbidden
from pharmonico.lambdas.http import Action, Body, Query
from pharmonico.lambdas.http.auditing import lists_shown_to
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor
from pydantic import BaseModel, Field

from functions.ops_api.api import api, audited, shelf, unless_known, within_reach
from functions.ops_api.moves import done

TAG = "dispensing"
GUARDED = {"idempotent": True, "if_match": True, "status": 202, "tag": TAG}
_ID = "/api/v1/prescriptions/<prescription_id>"
Ndc = Annotated[str, Field(pattern=r"^\d{11}$")]


class Dispense(BaseModel):
    """Hand it out; less than prescribed is a partial fill."""

    action: Literal["dispense"]
    ndc: Ndc
    quantity: Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=3)]
    lot: Annotated[str, Field(min_length=1, max_length=40)]
    expires_on: date
    counselling: Counselling
    rems_authorization: Annotated[str | None, Field(max_length=40)] = None
    note: Annotated[str | None, Field(max_length=1000)] = None


class Substitute(BaseModel):
    """Another package of the same drug: billed anew before it is dispensed."""

    action: Literal["substitute"]
    ndc: Ndc


class Refuse(BaseModel):
    """Do not dispense: the claim is taken back, the prescription routed again."""

    action: Literal["refuse"]
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    note: Annotated[str, Field(min_length=3, max_length=1000)]


class PutBack(BaseModel):
    """Where the medicine is now; what left the pharmacy is quarantined, never restocked."""

    disposal: Disposal


class Due(BaseModel):
    """One prescription that waits for the pharmacist, and since when."""

    prescription_id: str
    revision: int
    patient_name: str
    drug: str
    ndc: str | None
    pharmacy_id: str
    since: datetime


class Queue(BaseModel):
    """What waits at the caller's pharmacies."""

    items: list[Due]
    next_cursor: str | None = None


@api.get("/api/v1/dispensing", Action.DISPENSE_PRESCRIPTION, tag=TAG)
def list_due(
    *,
    pharmacy: Annotated[str | None, Query(max_length=64, description="one of your own")] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Queue:
    """The prescriptions that wait at one of the caller's pharmacies, the oldest first."""
    own = api.call.caller.pharmacies
    chosen = pharmacy or (next(iter(own)) if len(own) == 1 else None)
    if chosen is None or chosen not in own:
        raise Forbidden("dispensing.other_pharmacy", "Name one of the pharmacies you belong to.")
    scope, key = f"dispensing {chosen} oldest", secrets().signing_key
    query = OrderQuery(
        (Status.AWAITING_DISPENSE,),
        pharmacy_id=chosen,
        limit=limit,
        after=read_cursor(cursor, scope=scope, key=key),
        oldest_first=True,
    )
    page = aws.orders().page(query)
    shown = Queue(
        items=[_due(order) for order in page.items],
        next_cursor=write_cursor(page.next_after, scope=scope, key=key),
    )
    unless_known(shown)
    if page.items:
        day = lists_shown_to(api.call, clock=aws.CLOCK)
        audited("dispensing_listed", day, shown=" ".join(order.id for order in page.items))
    return shown


@api.get(f"{_ID}/beside", Action.READ_PATIENT_HISTORY, tag=TAG)
def read_beside(prescription_id: str) -> Beside:
    """The patient's allergies and active medications, for a pharmacist of the chosen pharmacy."""
    from pharmonico.fulfillment.dispensing.beside import (  # noqa: PLC0415 - brings the codec
        beside,
        check_may_see,
    )

    order = within_reach(prescription_id)
    check_may_see(order, api.call.caller)
    shown = beside(order, shelf=shelf())
    unless_known(shown)
    priors = " ".join(each.prescription_id for each in shown.medications)
    audited("patient_history_read", order.id, shown=priors)
    return shown


@api.post(f"{_ID}/dispense", Action.DISPENSE_PRESCRIPTION, **GUARDED)
def decide_dispensing(
    prescription_id: str,
    command: Annotated[Dispense | Substitute | Refuse, Body(discriminator="action")],
) -> Progress:
    """Dispense, put another product in, or refuse; by a pharmacist of the chosen pharmacy."""
    counter, revision = _counter(), api.call.expected_revision

    def decide() -> Order:
        match command:
            case Dispense():
                fill = pharmacist.Fill(**command.model_dump(exclude={"action"}))
                return pharmacist.dispense(
                    prescription_id, fill, expected_revision=revision, counter=counter
                )
            case Substitute():
                return pharmacist.substitute(
                    prescription_id, command.ndc, expected_revision=revision, counter=counter
                )
            case Refuse():
                return pharmacist.refuse(
                    prescription_id,
                    reason=command.reason,
                    note=command.note,
                    expected_revision=revision,
                    counter=counter,
                )

    return done(command.action, prescription_id, decide)


@api.post(f"{_ID}/restock", Action.DISPENSE_PRESCRIPTION, **GUARDED)
def put_back(prescription_id: str, command: Annotated[PutBack, Body()]) -> Progress:
    """Say what became of medicine that was dispensed for a prescription cancelled since."""
    counter, revision = _counter(), api.call.expected_revision
    return done(
        "restock",
        prescription_id,
        lambda: restocking.put_back(
            prescription_id, command.disposal, expected_revision=revision, counter=counter
        ),
    )


def _counter() -> pharmacist.Counter:
    call = api.call
    return pharmacist.Counter(
        actor=call.actor,
        pharmacies=call.caller.pharmacies,
        orders=aws.orders(),
        directory=aws.directory(),
        machine=aws.machine(),
        clock=aws.CLOCK,
    )


def _due(order: Order) -> Due:
    return Due(
        prescription_id=order.id,
        revision=order.revision,
        patient_name=order.summary.patient_name,
        drug=order.summary.drug,
        ndc=order.summary.ndc,
        pharmacy_id=order.pharmacy_id or "",
        since=order.updated_at,
    )
