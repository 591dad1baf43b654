"""Shipping in our words: the ports to carriers and to the store of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.shipping.handling import Handling
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


@dataclass(frozen=True, slots=True)
class Rate:
    """One offer; `carrier` is the token that tracking uses, `days` None if none are promised."""

    id: str
    carrier: str
    service: str
    cost: Money
    days: int | None


@dataclass(frozen=True, slots=True)
class Label:
    """A bought label; `pdf_url` is where its file can be had."""

    transaction_id: str
    tracking_number: str
    tracking_url: str | None
    pdf_url: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The carrier's word about a parcel, in Shippo's terms (`TRANSIT`, `out_for_delivery`)."""

    carrier: str
    number: str
    status: str
    substatus: str
    at: datetime


class Carriers(Protocol):
    """Rates, labels and tracking.

    Raises `Unavailable` when the provider does not answer usefully, `Rejected` when it refuses.
    """

    def rates(
        self, origin: Address, to: Address, handling: Handling, *, reference: str
    ) -> tuple[Rate, ...]:
        """Offers for our standard parcel; `Invalid` with `address.invalid` for a bad address."""
        ...

    def buy(self, rate_id: str, *, reference: str) -> Label:
        """Buy a label. Buying twice costs twice: ask `find` first unless the rate is brand-new."""
        ...

    def find(self, rate_id: str, *, reference: str) -> Label | None:
        """The label bought of this rate under our reference, if there is one."""
        ...

    def void(self, transaction_id: str) -> None:
        """Give a label back; one that was given back already is no error."""
        ...

    def scan(self, carrier: str, number: str) -> Scan | None:
        """The latest word about a parcel, or None while the carrier has none."""
        ...

    def pdf(self, label: Label) -> bytes: ...


class LabelStore(Protocol):
    """Keeps label files under the keys we give them."""

    def put(self, key: str, pdf: bytes) -> None: ...

    def get(self, key: str) -> bytes | None: ...
