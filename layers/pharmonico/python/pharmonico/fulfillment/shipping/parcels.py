"""Parcels in our words: where they go, how they travel, what carriers offer and say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from pharmonico.fulfillment.documents import Delivery
    from pharmonico.kit.money import Money


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel leaves or arrives; `phone` has ten digits or is empty."""

    name: str
    line1: str
    city: str
    state: str
    postal_code: str
    line2: str = ""
    phone: str = ""


def address_of(delivery: Delivery) -> Address:
    """The address that was entered, without the wishes beside it."""
    return Address(
        name=delivery.name,
        line1=delivery.line1,
        city=delivery.city,
        state=delivery.state,
        postal_code=delivery.postal_code,
        line2=delivery.line2,
        phone=delivery.phone,
    )


def delivery_of(address: Address, entered: Delivery) -> Delivery:
    """What was entered, at this address."""
    written = {
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.state,
        "postal_code": address.postal_code,
    }
    return entered.model_copy(update=written)


@dataclass(frozen=True, slots=True)
class AddressCheck:
    """The carriers' word on an address; `suggested` is how they would write it."""

    verdict: Literal["valid", "suggestion", "invalid"]
    suggested: Address | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """What the medicine is packed in: outer inches, and ounces with its contents."""

    name: str
    length_in: int
    width_in: int
    height_in: int
    weight_oz: int


@dataclass(frozen=True, slots=True)
class Handling:
    """How a parcel must travel, and by which rules.

    `leaves_on` is a day at the pharmacy, `waits_for` says why it is not the present one. What is
    not there within `days_max` breaks the promise, and if `strict` is not sent at all. `signed`:
    by an adult at the door.
    """

    leaves_on: date
    box: Box
    days_max: int
    rules: tuple[str, ...]
    waits_for: str | None = None
    strict: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """One offer; `carrier` is the token that tracking uses, `days` None if none are promised.

    `account` is ours with the carrier.
    """

    id: str
    carrier: str
    service: str
    cost: Money
    days: int | None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A bought label; `pdf_url` is where its file can be had."""

    transaction_id: str
    tracking_number: str
    tracking_url: str | None
    pdf_url: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A carrier's sheet of a day; `covers` are the purchases that stand on it."""

    id: str
    covers: frozenset[str]
    pdf_url: str | None


@dataclass(frozen=True, slots=True)
class Scan:
    """The carrier's word about a parcel, in Shippo's terms (`TRANSIT`, `out_for_delivery`)."""

    carrier: str
    number: str
    status: str
    substatus: str
    at: datetime
