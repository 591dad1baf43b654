"""What the payments API takes and answers."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pharmonico.fulfillment.payment.ledger import back_minor, is_held, left_minor, taken_minor
from pharmonico.fulfillment.payment.records import Dispute, Refund, RefundStatus
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Payment
    from pharmonico.fulfillment.order import Order

Note = Annotated[str, Field(min_length=3, max_length=1000)]


class LinkRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prescription_id: str = Field(min_length=1, max_length=64)


class PaymentLink(BaseModel):
    """The link that is now the only one; `expires_at` is when the page closes by itself.

    `is_billed_again` says that there is none yet: the claim was taken back, so the plan is asked
    anew, and the link follows for whatever the share is then.
    """

    prescription_id: str
    is_billed_again: bool = False
    payment_id: str | None = None
    attempt: int | None = None
    amount: Money | None = None
    url: str | None = None
    expires_at: datetime | None = None


def link_of(prescription_id: str, payment: "Payment | None") -> PaymentLink:
    if payment is None:
        return PaymentLink(prescription_id=prescription_id, is_billed_again=True)
    return PaymentLink(
        prescription_id=prescription_id,
        payment_id=payment.payment_id,
        attempt=payment.attempt,
        amount=payment.amount,
        url=payment.url,
        expires_at=payment.expires_at,
    )


class PaymentView(BaseModel):
    """One attempt. `taken_minor` came, `back_minor` went back or is about to, `left_minor` could.

    `is_held` says that another amount came than was asked for: accept it or give it back.
    """

    attempt: int
    payment_id: str
    status: Literal["open", "paid", "failed", "expired", "refunded"]
    amount: Money
    received: Money | None
    taken_minor: int
    back_minor: int
    left_minor: int
    is_held: bool
    declines: int
    problem: str | None
    refunds: list[Refund]
    disputes: list[Dispute]


class Payments(BaseModel):
    """Every attempt of a prescription, first to last; `alerts` are what people must look at."""

    prescription_id: str
    revision: int
    status: Status
    alerts: list[str]
    payments: list[PaymentView]


class RefundRequest(BaseModel):
    """Without `amount_minor` all that is left; without `attempt` the payment it stands on."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    note: Note
    amount_minor: Annotated[int | None, Field(gt=0, le=100_000_000)] = None
    attempt: Annotated[int | None, Field(ge=1, le=100)] = None


class RefundAnswer(BaseModel):
    """The refund as it stands, and what could still be given back of that attempt."""

    prescription_id: str
    revision: int
    attempt: int
    refund: str
    status: RefundStatus
    amount: Money
    left_minor: int


class Acceptance(BaseModel):
    """Which attempt's money is taken as the whole payment, and why."""

    model_config = ConfigDict(extra="forbid")

    attempt: Annotated[int, Field(ge=1, le=100)]
    note: Note


class Accepted(BaseModel):
    """How the prescription stands with that payment."""

    prescription_id: str
    revision: int
    status: Status


def payment_view(payment: "Payment") -> PaymentView:
    return PaymentView(
        attempt=payment.attempt,
        payment_id=payment.payment_id,
        status=payment.status,
        amount=payment.amount,
        received=payment.received,
        taken_minor=taken_minor(payment),
        back_minor=back_minor(payment),
        left_minor=left_minor(payment),
        is_held=is_held(payment),
        declines=payment.declines,
        problem=payment.problem,
        refunds=list(payment.refunds),
        disputes=list(payment.disputes),
    )


def refund_view(order: "Order", payment: "Payment", key: str) -> RefundAnswer:
    refund = next(each for each in payment.refunds if each.key == key)
    return RefundAnswer(
        prescription_id=order.id,
        revision=order.revision,
        attempt=payment.attempt,
        refund=refund.key,
        status=refund.status,
        amount=refund.amount,
        left_minor=left_minor(payment),
    )
