"""Carriers and labels in memory; buying the same rate twice costs twice, as in life."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pharmonico.fulfillment.shipping.parcels import AddressCheck, Label, Manifest, Rate
from pharmonico.kit.errors import Invalid, Rejected
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pharmonico.fulfillment.shipping.parcels import Address, Handling, Scan

BAD_POSTAL_CODE = "99999"
MISTYPED, MEANT = "Stret", "Street"
"""A street that carriers would write otherwise."""

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3 a label"
OFFERS = (
    ("usps", "Ground Advantage", 785, 4),
    ("usps", "Priority Mail", 980, 2),
    ("ups", "Next Day Air", 4210, 1),
)
"""Carrier, service, cents and days."""


class MemoryCarriers:
    """`bought` holds (rate, reference, label) in order; `scans` what the carrier would say.

    `handled` remembers how each quoted parcel was to travel.
    """

    def __init__(self) -> None:
        self.bought: list[tuple[str, str, Label]] = []
        self.voided: list[str] = []
        self.scans: dict[tuple[str, str], Scan] = {}
        self.handled: list[Handling] = []
        self.manifests: list[Manifest] = []
        self._quotes = 0

    def check(self, address: Address) -> AddressCheck:
        if address.postal_code.startswith(BAD_POSTAL_CODE):
            return AddressCheck("invalid")
        written = replace(address, line1=address.line1.replace(MISTYPED, MEANT))
        return AddressCheck("valid" if written == address else "suggestion", written)

    def rates(
        self,
        origin: Address,  # noqa: ARG002 - the port's signature
        to: Address,
        handling: Handling,
        *,
        reference: str,  # noqa: ARG002 - the port's signature
    ) -> tuple[Rate, ...]:
        if self.check(to).verdict == "invalid":
            raise Invalid("address.invalid", "The carrier does not know the delivery address.")
        self._quotes += 1
        self.handled.append(handling)
        return tuple(
            Rate(
                f"rate_{self._quotes}_{place}",
                carrier,
                service,
                Money(amount_minor=cents),
                days,
                account=f"our_{carrier}",
            )
            for place, (carrier, service, cents, days) in enumerate(OFFERS)
        )

    def buy(self, rate_id: str, *, reference: str) -> Label:
        if not rate_id.startswith("rate_"):
            raise Rejected("shipping.provider_rejected", "The shipping provider refused.")
        number = len(self.bought) + 1
        label = Label(
            transaction_id=f"txn_{number}",
            tracking_number=f"9200190000000000{number:04d}",
            tracking_url=f"https://track.example/{number}",
            pdf_url=f"https://labels.example/{number}.pdf",
        )
        self.bought.append((rate_id, reference, label))
        return label

    def find(self, rate_id: str, *, reference: str) -> Label | None:
        wanted = (rate_id, reference)
        return next((label for *made, label in self.bought if tuple(made) == wanted), None)

    def void(self, transaction_id: str) -> None:
        if transaction_id not in {label.transaction_id for *_, label in self.bought}:
            raise Rejected("shipping.provider_rejected", "The shipping provider refused.")
        if transaction_id not in self.voided:
            self.voided.append(transaction_id)

    def scan(self, carrier: str, number: str) -> Scan | None:
        return self.scans.get((carrier, number))

    def pdf(self, label: Label) -> bytes:  # noqa: ARG002 - the port's signature
        return PDF

    def manifest(
        self,
        origin: Address,  # noqa: ARG002 - the port's signature
        account: str,
        day: date,  # noqa: ARG002 - the port's signature
        transactions: Sequence[str],
    ) -> Manifest:
        for manifest in self.manifests:
            if manifest.covers & set(transactions):
                return manifest
        number = f"mft_{account}_{len(self.manifests) + 1}"
        url = f"https://labels.example/{number}.pdf"
        made = Manifest(number, frozenset(transactions), url)
        self.manifests.append(made)
        return made

    def manifest_pdf(self, manifest: Manifest) -> bytes | None:  # noqa: ARG002 - the port's signature
        return PDF


class MemoryLabels:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, key: str, pdf: bytes) -> None:
        self.files[key] = pdf

    def get(self, key: str) -> bytes | None:
        return self.files.get(key)
