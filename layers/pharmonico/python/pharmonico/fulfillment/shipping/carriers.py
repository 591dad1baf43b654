"""The ports to carriers and to the store of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pharmonico.kit.errors import Pending, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pharmonico.fulfillment.shipping.parcels import (
        Address,
        AddressCheck,
        Handling,
        Label,
        Manifest,
        Rate,
        Scan,
    )


class NoAnswer(Unavailable):
    """Nobody knows whether the provider did what it was asked; it may still be doing it."""


class PurchasePending(Pending):
    """A label may be on its way to being bought: the machines wait and look again."""

    def __init__(self) -> None:
        super().__init__("label.pending", "The label may still be being bought.")


class Carriers(Protocol):
    """Rates, labels and tracking.

    Raises `Unavailable` when the provider does not answer usefully (`NoAnswer` when it may have
    acted all the same), `Rejected` when it refuses.
    """

    def check(self, address: Address) -> AddressCheck:
        """Whether carriers know the address, and how they would write it."""
        ...

    def rates(
        self, origin: Address, to: Address, handling: Handling, *, reference: str
    ) -> tuple[Rate, ...]:
        """Offers for the parcel; `Invalid` with `address.invalid` for a bad address."""
        ...

    def buy(self, rate_id: str, *, reference: str) -> Label:
        """Buy a label. Buying twice costs twice: ask `find` first unless the rate is brand-new."""
        ...

    def find(self, rate_id: str, *, reference: str) -> Label | None:
        """The label bought of this rate under our reference; `PurchasePending` if it comes yet."""
        ...

    def void(self, transaction_id: str) -> None:
        """Give a label back; one that was given back already is no error."""
        ...

    def scan(self, carrier: str, number: str) -> Scan | None:
        """The latest word about a parcel, or None while the carrier has none."""
        ...

    def pdf(self, label: Label) -> bytes: ...

    def manifest(
        self, origin: Address, account: str, day: date, transactions: Sequence[str]
    ) -> Manifest:
        """A sheet on which any of these labels stands; one is made for all if none does."""
        ...

    def manifest_pdf(self, manifest: Manifest) -> bytes | None:
        """Its file, where the carrier has one."""
        ...


class LabelStore(Protocol):
    """Keeps label files under the keys we give them."""

    def put(self, key: str, pdf: bytes) -> None: ...

    def get(self, key: str) -> bytes | None: ...
