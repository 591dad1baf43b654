"""What a pharmacy hands over: the sheet of a day, closed once, and the carrier's own file."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.labels import labels
from pharmonico.adapters.shippo_late import carriers
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http import Action, Body, Query, Response
from pydantic import BaseModel, Field

from functions.shipments_api.api import (
    ONE,
    SHIPMENTS,
    TAG,
    api,
    audited,
    must_be_own,
    within_reach,
)

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.manifests import Sheet, Waiting

MANIFEST = f"{SHIPMENTS}/manifest"
PDF = "application/pdf"
PharmacyId = Annotated[str, Field(min_length=1, max_length=64)]


class Due(BaseModel):
    """One parcel to hand over; no patient is named."""

    prescription_id: str
    tracking_number: str | None
    service: str | None
    box: str | None
    signed: bool


class CarrierSheet(BaseModel):
    """The parcels for one carrier; `manifest_id` once it has a sheet of its own."""

    carrier: str
    manifest_id: str | None
    parcels: list[Due]


class DaySheet(BaseModel):
    """What a pharmacy hands over on a day."""

    pharmacy_id: str
    day: date
    sheets: list[CarrierSheet]


class Closing(BaseModel):
    """Which day of which pharmacy is closed."""

    pharmacy_id: PharmacyId
    day: date


@api.get(MANIFEST, Action.READ_SHIPMENTS, tag=TAG)
def read_manifest(
    *,
    pharmacy: Annotated[str, Query(max_length=64)],
    day: Annotated[date, Query(description="at the pharmacy")],
) -> DaySheet:
    """What leaves on the day, or should have left, and is on no sheet yet."""
    from pharmonico.fulfillment.shipping import manifests  # noqa: PLC0415 - brings the events, 60 ms

    must_be_own(pharmacy)
    found = manifests.sheets(pharmacy, day, orders=aws.orders())
    return DaySheet(pharmacy_id=pharmacy, day=day, sheets=[_shown(each) for each in found])


@api.post(MANIFEST, Action.WORK_ON_SHIPMENT, idempotent=True, tag=TAG)
def close_manifest(command: Annotated[Closing, Body()]) -> DaySheet:
    """Close the day out at every carrier; parcels that come later stand on another sheet."""
    from pharmonico.fulfillment.shipping import manifests  # noqa: PLC0415 - brings the events, 60 ms

    must_be_own(command.pharmacy_id)
    pharmacy = aws.directory().pharmacy(command.pharmacy_id)
    if pharmacy is None:
        raise NotFound("pharmacy.unknown", "There is no such pharmacy.")
    counter = manifests.Counter(
        orders=aws.orders(), carriers=carriers(), labels=labels(), clock=aws.CLOCK
    )
    closed = manifests.close_day(pharmacy, command.day, counter=counter)
    for sheet in closed:
        for each in sheet.parcels:
            audited("manifest_closed", each.order.id)
    return DaySheet(
        pharmacy_id=command.pharmacy_id,
        day=command.day,
        sheets=[_shown(each) for each in closed],
    )


@api.get(f"{ONE}/manifest", Action.READ_LABEL, tag=TAG)
def read_manifest_file(prescription_id: str) -> Response[bytes]:
    """The carrier's sheet on which the parcel stands, as a PDF."""
    from pharmonico.fulfillment.shipping import manifests  # noqa: PLC0415 - brings the events, 60 ms

    order = within_reach(prescription_id)
    must_be_own(order.pharmacy_id)
    shipment = aws.orders().document(order.id, Shipment)
    handed_over = shipment.handed_over if shipment else None
    number = handed_over.manifest_id if handed_over else None
    pdf = labels().get(manifests.manifest_key(number)) if number else None
    if pdf is None:
        raise NotFound("manifest.none", "The parcel stands on no carrier's sheet.")
    audited("manifest_read", order.id)
    return Response(status_code=200, content_type=PDF, body=pdf)


def _shown(sheet: "Sheet") -> CarrierSheet:
    return CarrierSheet(
        carrier=sheet.carrier,
        manifest_id=sheet.manifest_id,
        parcels=[_due(each) for each in sheet.parcels],
    )


def _due(each: "Waiting") -> Due:
    choice = each.shipment.choice
    return Due(
        prescription_id=each.order.id,
        tracking_number=each.shipment.tracking_number,
        service=each.shipment.service,
        box=choice.box if choice else None,
        signed=choice.signed if choice else False,
    )
