"""Shippo's objects in our words and back."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shippo.models import components

from pharmonico.fulfillment.shipping.parcels import (
    Address,
    AddressCheck,
    Label,
    Manifest,
    Rate,
    Scan,
)
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.parcels import Box, Handling


def address_of(address: Address, *, validate: bool = False) -> components.AddressCreateRequest:
    return components.AddressCreateRequest(
        name=address.name,
        street1=address.line1,
        street2=address.line2 or None,
        city=address.city,
        state=address.state,
        zip=address.postal_code,
        country="US",
        phone=address.phone or None,
        validate=validate or None,
    )


def check_of(sent: Address, answered: components.Address) -> AddressCheck:
    """An address that is found comes back as the carriers write it.

    Capitals, points and the four digits after the ZIP are no suggestion.
    """
    verdict = answered.validation_results
    if verdict is not None and verdict.is_valid is False:
        return AddressCheck("invalid")
    written = replace(
        sent,
        line1=answered.street1 or sent.line1,
        line2=answered.street2 or "",
        city=answered.city or sent.city,
        state=answered.state or sent.state,
        postal_code=answered.zip or sent.postal_code,
    )
    return AddressCheck("valid" if _same(sent, written) else "suggestion", written)


def _same(one: Address, other: Address) -> bool:
    return _essence(one) == _essence(other)


def _essence(address: Address) -> tuple[str, ...]:
    lines = (address.line1, address.line2, address.city, address.state)
    words = (" ".join(re.findall(r"\w+", line.casefold())) for line in lines)
    return (*words, address.postal_code[:5])


def parcel_of(box: Box) -> components.ParcelCreateRequest:
    return components.ParcelCreateRequest(
        mass_unit=components.WeightUnitEnum.OZ,
        weight=str(box.weight_oz),
        distance_unit=components.DistanceUnitEnum.IN,
        length=str(box.length_in),
        width=str(box.width_in),
        height=str(box.height_in),
    )


def extra_of(handling: Handling) -> components.ShipmentExtra | None:
    """An adult signs where a rule asks for it."""
    if not handling.signed:
        return None
    signature = components.SignatureConfirmation.ADULT
    return components.ShipmentExtra(signature_confirmation=signature)


def rate_of(rate: components.Rate) -> Rate:
    """The carrier's token, which tracking asks for, is the provider's name in small letters."""
    return Rate(
        id=rate.object_id,
        carrier=rate.provider.lower().replace(" ", "_"),
        service=str(rate.servicelevel.name),
        cost=Money.of(Decimal(rate.amount), rate.currency),
        days=rate.estimated_days,
        account=rate.carrier_account,
    )


def label_of(made: components.Transaction) -> Label:
    return Label(
        transaction_id=str(made.object_id),
        tracking_number=str(made.tracking_number),
        tracking_url=made.tracking_url_provider,
        pdf_url=str(made.label_url),
    )


def manifest_of(made: components.Manifest) -> Manifest:
    return Manifest(
        id=made.object_id,
        covers=frozenset(made.transactions or []),
        pdf_url=made.documents[0] if made.documents else None,
    )


def scan_of(track: components.Track) -> Scan | None:
    said = track.tracking_status
    if said is None or said.status_date is None:
        return None
    return Scan(
        carrier=track.carrier,
        number=track.tracking_number,
        status=said.status.value,
        substatus=said.substatus.code if said.substatus else "",
        at=said.status_date,
    )
