"""What the payments API takes and answers."""

from datetime import datetime
from typing import TYPE_CHECKING

from pharmonico.kit.money import Money
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Payment


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
