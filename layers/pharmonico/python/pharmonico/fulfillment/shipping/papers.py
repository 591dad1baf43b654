"""The papers of shipping: the parcel with its label, and why it travels as it does."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel

from pharmonico.fulfillment.documents import FROZEN, Delivery, Document
from pharmonico.kit.money import Money

Fate = Literal["returned", "lost"]
"""What became of a parcel that was not delivered."""


class ServiceChoice(BaseModel):
    """Why this service: the rules that applied, what they asked for, and what won.

    `won_as` is `cheapest_in_time`, or `earliest` where no offer keeps the promise.
    """

    model_config = FROZEN

    rules: tuple[str, ...]
    days_max: int
    box: str
    weight_oz: int
    signed: bool
    leaves_on: date
    waits_for: str | None = None
    offers: int
    won_as: str


class HandedOver(BaseModel):
    """On whose sheet a parcel stands: `manifest_id` is the carrier's own, where it makes one."""

    model_config = FROZEN

    day: date
    closed_at: datetime
    manifest_id: str | None = None


class Shipment(Document):
    """A parcel. The rate is written down before it is bought: a crash finds the label by it.

    From `asked_at` on a purchase may be under way; it is None once the carrier has answered
    that it sold nothing.
    """

    kind: ClassVar[str] = "shipment"
    shipment_id: str
    rate_id: str | None = None
    planned_at: datetime | None = None
    asked_at: datetime | None = None
    choice: ServiceChoice | None = None
    transaction_id: str | None = None
    carrier: str | None = None
    service: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    label_key: str | None = None
    cost: Money | None = None
    promised_on: str | None = None
    voided: bool = False
    account: str | None = None
    handed_over: HandedOver | None = None
    updates: tuple[dict[str, str], ...] = ()


class ParcelDecision(Document):
    """What a person decided about a parcel: `before` is the address that did not hold."""

    kind: ClassVar[str] = "parcel_decision"
    action: Literal["correct_address", "withdraw_label", "settle"]
    note: str
    by: str
    role: str
    at: datetime
    before: Delivery | None = None
    fate: Fate | None = None
    reverse_claim: bool | None = None
