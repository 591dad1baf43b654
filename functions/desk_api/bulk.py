"""`POST /api/v1/bulk`: one act upon many prescriptions, with a reason and a dry run."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.desk.papers import ActName, Filters
from pharmonico.fulfillment.policy import acting_role
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.desk_api.api import TAG, api, audited

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.bulk import Result, Wish
    from pharmonico.fulfillment.order import Order

ACTIONS: dict[ActName, Action] = {
    "redrive": Action.REDRIVE_PRESCRIPTION,
    "start_enrollment": Action.START_ENROLLMENT,
    "release": Action.RELEASE_PRESCRIPTION,
    "hold": Action.HOLD_PRESCRIPTION,
    "let_go": Action.HOLD_PRESCRIPTION,
    "assign": Action.ASSIGN_PRESCRIPTION,
}
"""What the caller must be allowed to do to one of them."""
TIME_MAX = timedelta(seconds=20)
"""The gateway waits 29; what was not come to is left for the next call."""
ITEMS_MAX = 200
Rx = Annotated[str, Field(pattern=r"^rx_[0-9A-Za-z]{1,40}$")]


class FailureFilter(BaseModel):
    """Open failures of a step and a code."""

    model_config = ConfigDict(extra="forbid")

    step: Annotated[str | None, Field(max_length=60)] = None
    code: Annotated[str | None, Field(max_length=200)] = None


class Bulk(BaseModel):
    """What to do, why, and to whom: exactly one of `prescriptions`, `filters`, `failures`.

    `assignee` is for `assign` (null: nobody), `hold_reason` for `hold`.
    """

    act: ActName
    reason: Annotated[str, Field(min_length=3, max_length=1000)]
    dry_run: bool = True
    prescriptions: Annotated[list[Rx] | None, Field(min_length=1, max_length=100)] = None
    filters: Filters | None = None
    failures: FailureFilter | None = None
    assignee: Annotated[str | None, Field(max_length=64)] = None
    hold_reason: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")] = "ops"

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        given = [self.prescriptions, self.filters, self.failures]
        if sum(each is not None for each in given) != 1:
            raise ValueError("name prescriptions, filters or failures")
        return self


class BulkItem(BaseModel):
    """What came of one prescription; `code` and `detail` say why it was refused."""

    prescription_id: str
    outcome: Literal["done", "would_do", "refused"]
    code: str
    detail: str


class BulkResult(BaseModel):
    """`matched` were found (at most 1,000), `done` acted upon or, in a dry run, would be.

    `left` are those that one call did not come to: call again, with a new Idempotency-Key.
    """

    act: ActName
    dry_run: bool
    matched: int
    done: int
    refused: int
    left: int
    items: list[BulkItem]


@api.post("/api/v1/bulk", Action.WORK_IN_BULK, idempotent=True, tag=TAG)
def work_in_bulk(command: Annotated[Bulk, Body()]) -> BulkResult:
    """Act upon many prescriptions: a dry run tells the count and each one's outcome first."""
    from pharmonico.fulfillment.desk.bulk import (  # noqa: PLC0415 - for this route alone, 40 ms
        Wish,
        foresee,
    )

    acting_role(api.call.caller, ACTIONS[command.act])
    found = _chosen(command)
    wish = Wish(
        act=command.act,
        reason=command.reason,
        assignee=command.assignee,
        hold_reason=command.hold_reason,
        step=command.failures.step if command.failures else None,
    )
    foreseen = foresee(found, wish)
    if command.dry_run:
        return _summed(command, found, foreseen)
    apt = [each.prescription_id for each in foreseen if each.outcome == "would_do"]
    refused = [each for each in foreseen if each.outcome == "refused"]
    return _summed(command, found, [*_done(found, apt, wish), *refused], apt=len(apt))


def _done(found: "tuple[Order, ...]", apt: list[str], wish: "Wish") -> "list[Result]":
    """Each alone, as far as the limits go."""
    from pharmonico.fulfillment.desk.bulk import (  # noqa: PLC0415 - for this route alone, 40 ms
        DONE_MAX,
        Tools,
        carry_out,
    )

    call, ends_at = api.call, aws.CLOCK.now() + TIME_MAX
    tools = Tools(actor=call.actor, orders=aws.orders(), tokens=aws.tokens(), clock=aws.CLOCK)
    by_id = {order.id: order for order in found}
    results: list[Result] = []
    for order_id in apt[:DONE_MAX]:
        if aws.CLOCK.now() > ends_at:
            break
        result = carry_out(by_id[order_id], wish, tools=tools)
        audited(wish.act, order_id, outcome=result.code or "ok", bulk="yes")
        results.append(result)
    return results


def _chosen(command: Bulk) -> "tuple[Order, ...]":
    from pharmonico.fulfillment.desk import choosing  # noqa: PLC0415 - for this route alone

    orders, desk = aws.orders(), aws.desk()
    if command.prescriptions is not None:
        return choosing.named(command.prescriptions, orders=orders)
    if command.filters is not None:
        key = secrets().signing_key
        return choosing.fitting(command.filters, orders=orders, postings=desk, key=key)
    wanted = command.failures or FailureFilter()
    return choosing.stopped(wanted.step, wanted.code, orders=orders, failures=desk)


def _summed(
    command: Bulk,
    found: "tuple[Order, ...]",
    results: "list[Result]",
    *,
    apt: int | None = None,
) -> BulkResult:
    done = sum(each.outcome != "refused" for each in results)
    tried = sum(each.outcome == "done" or bool(each.code) for each in results)
    return BulkResult(
        act=command.act,
        dry_run=command.dry_run,
        matched=len(found),
        done=done,
        refused=sum(each.outcome == "refused" for each in results),
        left=0 if apt is None else len(found) - tried,
        items=[
            BulkItem(
                prescription_id=each.prescription_id,
                outcome=each.outcome,
                code=each.code,
                detail=each.detail,
            )
            for each in results[:ITEMS_MAX]
        ],
    )
