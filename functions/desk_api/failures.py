"""`/api/v1/failures`: what stopped where and why, and failures that need no redrive."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.desk import failures as desk
from pharmonico.fulfillment.desk.notes import a_note
from pharmonico.fulfillment.desk.papers import Effect, OpenFailure
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected
from pharmonico.lambdas.http import Action, Body, Query
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor
from pydantic import BaseModel, Field

from functions.desk_api.api import api, audited, unless_known

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

TAG = "failures"
Word = Annotated[str | None, Query(max_length=200)]


class FailureGroup(BaseModel):
    """Failures of one step by one code; the words are the newest one's.

    The step `Letter` are messages to prescribers that did not arrive: a redrive sends them again.
    """

    step: str
    code: str
    words: str
    count: int
    first_seen: datetime
    last_seen: datetime


class FailureGroups(BaseModel):
    """The largest group first; `more` says that only the first 1,000 failures were looked at."""

    groups: list[FailureGroup]
    more: bool


class FailedPrescription(BaseModel):
    """One open failure: `effects` is what had been done at partners by then."""

    prescription_id: str
    status: Status
    step: str
    machine: Literal["fulfillment", "cancellation", "correspondence"]
    code: str
    words: str
    first_seen: datetime
    last_seen: datetime
    count: int
    effects: list[Effect]


class FailedPrescriptions(BaseModel):
    """A page of open failures, in the order in which their prescriptions came."""

    items: list[FailedPrescription]
    next_cursor: str | None = None


class Resolution(BaseModel):
    """Why it needs no redrive. Of a cancelled prescription: every effect that was not undone by
    us, to say that it has been settled by hand."""

    note: Annotated[str, Field(min_length=3, max_length=1000)]
    acknowledged: Annotated[list[Effect], Field(max_length=10)] = []


class Resolved(BaseModel):
    """The failure is off the list."""

    prescription_id: str
    status: Status
    revision: int


@api.get("/api/v1/failures", Action.LIST_WORK, tag=TAG)
def list_failures() -> FailureGroups:
    """Open failures by step and code, with first and last seen; letters that did not arrive too."""
    rows = desk.open_failures(orders=aws.orders(), failures=aws.desk())
    shown = FailureGroups(
        groups=[
            FailureGroup(
                step=group.step,
                code=group.code,
                words=group.words,
                count=len(group.failures),
                first_seen=group.first_seen,
                last_seen=group.last_seen,
            )
            for group in desk.grouped(rows)
        ],
        more=len(rows) >= desk.SHOWN_MAX,
    )
    unless_known(shown)
    return shown


@api.get("/api/v1/failures/prescriptions", Action.LIST_WORK, tag=TAG)
def list_failed_prescriptions(
    *,
    step: Word = None,
    code: Word = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> FailedPrescriptions:
    """Open failures one by one, of a step and a code where they are given."""
    scope, key = f"failures {step} {code}", secrets().signing_key
    after = read_cursor(cursor, scope=scope, key=key) or ""
    rows = desk.open_failures(orders=aws.orders(), failures=aws.desk())
    fitting = [
        row
        for row in sorted(rows, key=_place)
        if step in (None, row.step) and code in (None, row.code) and _place(row) > after
    ]
    page, more = fitting[:limit], len(fitting) > limit
    shown = FailedPrescriptions(
        items=[_shown(row) for row in page],
        next_cursor=write_cursor(_place(page[-1]) if more else None, scope=scope, key=key),
    )
    unless_known(shown)
    return shown


@api.post(
    "/api/v1/failures/<prescription_id>/resolve",
    Action.REDRIVE_PRESCRIPTION,
    idempotent=True,
    if_match=True,
    tag=TAG,
)
def resolve_failure(prescription_id: str, command: Annotated[Resolution, Body()]) -> Resolved:
    """Take a failure off the list without a redrive; its record stays with the note."""
    call = api.call
    aws.orders().get(prescription_id)
    note = a_note(command.note, actor=call.actor, clock=aws.CLOCK, about="resolve")

    def settle() -> "Order":
        return desk.resolve(
            prescription_id,
            note=note,
            acknowledged=frozenset(command.acknowledged),
            expected_revision=call.expected_revision,
            orders=aws.orders(),
            clock=aws.CLOCK,
        )

    try:
        order = on_conflict(settle)
    except Rejected as refusal:
        audited("resolve", prescription_id, outcome=refusal.code)
        raise
    desk.keep(order.id, orders=aws.orders(), failures=aws.desk())
    audited("resolve", order.id)
    call.etag(order.revision)
    return Resolved(prescription_id=order.id, status=order.status, revision=order.revision)


def _place(row: OpenFailure) -> str:
    """One prescription may have stopped, and its letters have failed as well."""
    return f"{row.prescription_id} {row.step}"


def _shown(row: OpenFailure) -> FailedPrescription:
    return FailedPrescription(**row.model_dump(exclude={"version"}))
