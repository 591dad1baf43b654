"""`/api/v1/claims`: the worklist of rejected claims, and what people do about one.

Billing brings the codec (50 ms), so its modules are imported where a route needs them.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.adjudication.papers import Billing, Claim, DurReply
from pharmonico.fulfillment.describing import DescribedAs, paper, papers
from pharmonico.fulfillment.documents import Insurance
from pharmonico.fulfillment.order import Order
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.reading import Progress
from pharmonico.fulfillment.status import Status
from pharmonico.lambdas.http import Action, Body, Query
from pharmonico.lambdas.http.auditing import lists_shown_to
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor
from pydantic import BaseModel, Field

from functions.ops_api.api import api, audited, unless_known, within_reach
from functions.ops_api.moves import done

if TYPE_CHECKING:
    from pharmonico.fulfillment.adjudication.worklist import Worklist

TAG = "claims"
GUARDED = {"idempotent": True, "if_match": True, "status": 202, "tag": TAG}
_ID = "/api/v1/claims/<prescription_id>"
UNSAID = ("exchanges", "request")
"""Raw bytes, which are read apart."""
Note = Annotated[str, Field(min_length=3, max_length=1000)]


class Meaning(BaseModel):
    """A reject code in words."""

    code: str
    words: str


class RejectedClaim(BaseModel):
    """One line of the worklist: the first reject code, and since when it waits."""

    prescription_id: str
    revision: int
    patient_name: str
    drug: str
    plan: str | None
    code: str
    words: str
    next_step: str
    since: datetime


class Rejections(BaseModel):
    """A page of the worklist, by the age of the prescriptions."""

    items: list[RejectedClaim]
    next_cursor: str | None = None


class ClaimView(BaseModel):
    """The claims of a prescription without their bytes, and what may be done about them."""

    prescription_id: str
    revision: int
    status: Status
    claims: Annotated[list[dict[str, Any]], DescribedAs(lambda: papers((Claim,), without=UNSAID))]
    meanings: list[Meaning]
    next_step: str | None
    actions: list[str]
    billing: Annotated[dict[str, Any], DescribedAs(lambda: paper(Billing))] | None


class Rebill(BaseModel):
    """Bill again; `insurance` in place of what the patient entered."""

    note: Note
    insurance: Insurance | None = None


class Review(BaseModel):
    """A pharmacist's answers to a drug-use review."""

    note: Note
    replies: Annotated[list[DurReply], Field(min_length=1, max_length=9)]


class Cash(BaseModel):
    """Why nobody is billed."""

    note: Note


class Decision(BaseModel):
    """`ask` goes to the payer; the others are what it, or the prescriber, has said."""

    note: Note
    decision: Literal["ask", "approve", "deny", "appeal"]
    number: Annotated[str, Field(max_length=11, pattern=r"^[0-9]*$")] = ""
    until: date | None = None


@api.get("/api/v1/claims", Action.READ_CLAIMS, tag=TAG)
def list_rejected_claims(
    *,
    sort: Annotated[Literal["newest", "oldest"], Query(description="by age")] = "newest",
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 25,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Rejections:
    """The claims somebody has to work on, with the next step each code calls for."""
    scope, key = f"claims {sort}", secrets().signing_key
    query = OrderQuery(
        (Status.CLAIM_REJECTED,),
        limit=limit,
        after=read_cursor(cursor, scope=scope, key=key),
        oldest_first=sort == "oldest",
    )
    page = aws.orders().page(query)
    shown = Rejections(
        items=[_line(order) for order in page.items],
        next_cursor=write_cursor(page.next_after, scope=scope, key=key),
    )
    unless_known(shown)
    if page.items:
        day = lists_shown_to(api.call, clock=aws.CLOCK)
        audited("claims_listed", day, shown=" ".join(order.id for order in page.items))
    return shown


@api.get(_ID, Action.READ_CLAIMS, tag=TAG)
def read_claims(prescription_id: str) -> ClaimView:
    """The claims of a prescription: amounts, reject codes in words, what may be done."""
    from pharmonico.fulfillment.adjudication import advice  # noqa: PLC0415 - brings the codec

    order = within_reach(prescription_id)
    claims = aws.orders().documents(order.id, Claim)
    billing = aws.orders().document(order.id, Billing)
    codes = claims[0].reject_codes if claims else ()
    is_open = order.status is Status.CLAIM_REJECTED
    shown = ClaimView(
        prescription_id=order.id,
        revision=order.revision,
        status=order.status,
        claims=[claim.model_dump(mode="json", exclude=set(UNSAID)) for claim in claims],
        meanings=[
            Meaning(code=each.code, words=each.words)
            for each in advice.meanings(tuple(code for one in claims for code in one.reject_codes))
        ],
        next_step=advice.next_step(codes) if is_open else None,
        actions=list(advice.actions(codes)) if is_open else [],
        billing=billing.model_dump(mode="json") if billing else None,
    )
    api.call.etag(order.revision, shown.model_dump_json())
    audited("claims_read", order.id)
    return shown


@api.post(f"{_ID}/rebill", Action.WORK_ON_CLAIM, **GUARDED)
def rebill(prescription_id: str, command: Annotated[Rebill, Body()]) -> Progress:
    """Bill a rejected claim again, with corrected insurance facts where they are given."""
    return _worked(
        "claim_rebilled",
        prescription_id,
        command.note,
        lambda worklist: worklist.rebill(command.insurance),
    )


@api.post(f"{_ID}/review", Action.ANSWER_REVIEW, **GUARDED)
def answer_review(prescription_id: str, command: Annotated[Review, Body()]) -> Progress:
    """Answer the payer's drug-use review, and bill again."""
    replies = tuple(command.replies)
    return _worked(
        "claim_review_answered",
        prescription_id,
        command.note,
        lambda worklist: worklist.answer_review(replies),
    )


@api.post(f"{_ID}/cash", Action.WORK_ON_CLAIM, **GUARDED)
def pay_cash(prescription_id: str, command: Annotated[Cash, Body()]) -> Progress:
    """Bill nobody: the patient pays the pharmacy's own price."""
    return _worked(
        "claim_paid_cash", prescription_id, command.note, lambda worklist: worklist.pay_cash()
    )


@api.post(f"{_ID}/authorization", Action.WORK_ON_CLAIM, **GUARDED)
def decide_authorization(prescription_id: str, command: Annotated[Decision, Body()]) -> Progress:
    """Ask for a prior authorization, or enter what was decided; an approval bills again."""

    def decide(worklist: "Worklist") -> Order:
        match command.decision:
            case "ask":
                return _asked(worklist)
            case "approve":
                return worklist.approve_authorization(command.number, command.until)
            case "deny":
                return worklist.deny_authorization()
            case "appeal":
                return worklist.appeal()

    action = f"claim_authorization_{command.decision}"
    return _worked(action, prescription_id, command.note, decide)


def _worked(
    action: str, prescription_id: str, note: str, run: Callable[["Worklist"], Order]
) -> Progress:
    from pharmonico.fulfillment.adjudication.worklist import (  # noqa: PLC0415 - for writes alone
        Worklist,
    )

    call = api.call

    def move() -> Order:
        worklist = Worklist(
            prescription_id,
            actor=call.actor,
            note=note,
            expected_revision=call.expected_revision,
            orders=aws.orders(),
            clock=aws.CLOCK,
        )
        return run(worklist)

    return done(action, prescription_id, move)


def _asked(worklist: "Worklist") -> Order:
    from pharmonico.fulfillment.adjudication import authorizing  # noqa: PLC0415 - brings the codec
    from pharmonico.fulfillment.adjudication.stage import Desk  # noqa: PLC0415 - the same

    desk = Desk(aws.orders(), aws.directory(), aws.payer(), aws.CLOCK)
    return authorizing.request(worklist, desk=desk)


def _line(order: Order) -> RejectedClaim:
    from pharmonico.fulfillment.adjudication import advice  # noqa: PLC0415 - brings the codec

    code = (order.hold_reason or "").removeprefix("claim.")
    (meaning,) = advice.meanings((code,))
    return RejectedClaim(
        prescription_id=order.id,
        revision=order.revision,
        patient_name=order.summary.patient_name,
        drug=order.summary.drug,
        plan=order.plan,
        code=code,
        words=meaning.words,
        next_step=advice.next_step((code,)),
        since=order.updated_at,
    )
