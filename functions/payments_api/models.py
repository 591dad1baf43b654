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
    """The link that is now the only one; `expires_at` is when the page closes by itself."""

    prescription_id: str
    payment_id: str
    attempt: int
    amount: Money
    url: str | None
    expires_at: datetime | None


def link_of(prescription_id: str, payment: "Payment") -> PaymentLink:
    return PaymentLink(
        prescription_id=prescription_id,
        payment_id=payment.payment_id,
        attempt=payment.attempt,
        amount=payment.amount,
        url=payment.url,
        expires_at=payment.expires_at,
    )
