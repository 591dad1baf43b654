"""The papers of billing: each payer's claim, and what people added to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import BaseModel, Field

from pharmonico.fulfillment.documents import FROZEN, Document, Insurance
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders

PRIMARY, SECONDARY = "1", "2"
"""Keys of the claims: the first payer's, and the one's billed for what it left."""

CLOSED = ("rejected", "reversed", "cash")
"""Statuses of a claim that is open at no payer."""


class Claim(Document):
    """One claim: amounts in minor units, and every request and response byte (base64).

    `request` is what is sent, the same bytes every time; `exchanges` is what was said so far.
    A cash sale is a claim to nobody: the patient pays the pharmacy's own price.
    """

    kind: ClassVar[str] = "claim"
    claim_id: str
    status: Literal["submitted", "paid", "rejected", "reversing", "reversed", "cash"]
    rx_number: str
    fill_number: int = 0
    date_of_service: str
    bin: str
    pcn: str
    is_followed: bool = False
    """Another payer is billed for what this one leaves to the patient."""
    was_disputed: bool = False
    """The payer knew another claim under our numbers (83): taken back once, and billed anew."""
    ingredient: Money | None = None
    dispensing_fee: Money | None = None
    plan_paid: Money | None = None
    patient_pay: Money | None = None
    deductible: Money | None = None
    copay: Money | None = None
    coinsurance: Money | None = None
    reject_codes: tuple[str, ...] = ()
    message: str = ""
    alerts: tuple[dict[str, str], ...] = ()
    """Of a drug-use review: reason, significance and text."""
    authorization: str | None = None
    request: str = ""
    exchanges: tuple[dict[str, str], ...] = ()


class DurReply(BaseModel):
    """A pharmacist's answer to a drug-use review: reason (E4), service (E5), result (E6)."""

    model_config = FROZEN

    reason: str = Field(pattern=r"^[A-Z]{2}$")
    service: str = Field(pattern=r"^[A-Z0-9]{2}$")
    result: str = Field(pattern=r"^[0-9][A-Z]$")


class Authorization(BaseModel):
    """A prior authorization; `number` is what the claim carries once it is approved."""

    model_config = FROZEN

    status: Literal["pending", "approved", "denied", "appealed", "expired"]
    number: str = Field(default="", max_length=11, pattern=r"^[0-9]*$")
    asked_at: datetime
    until: date | None = None

    def as_of(self, day: date) -> Authorization:
        """An approval ends with its last day."""
        is_over = self.status == "approved" and self.until is not None and day > self.until
        return self.model_copy(update={"status": "expired"}) if is_over else self


class Act(BaseModel):
    """What somebody did about a rejected claim, and why."""

    model_config = FROZEN

    action: str
    note: str
    by: str
    role: str
    at: datetime


class Billing(Document):
    """What people have added to the billing of a prescription; the patient's words stay."""

    kind: ClassVar[str] = "billing"
    insurance: Insurance | None = None
    """In place of what the patient entered."""
    replies: tuple[DurReply, ...] = ()
    authorization: Authorization | None = None
    is_cash: bool = False
    acts: tuple[Act, ...] = ()


def is_undone(order_id: str, *, orders: Orders) -> bool:
    """Whether the first payer's claim was taken back, so that the patient's share holds no more.

    A second claim alone says nothing: one of an earlier billing stays reversed for good.
    """
    claim = orders.document(order_id, Claim, PRIMARY)
    return claim is not None and claim.status in ("reversing", "reversed")


def marked(order_id: str, *, orders: Orders) -> list[Claim]:
    """The open claims, marked so that whoever comes first takes them back at the payer."""
    return [
        claim.model_copy(update={"status": "reversing"})
        for claim in orders.documents(order_id, Claim)
        if claim.status not in (*CLOSED, "reversing")
    ]
