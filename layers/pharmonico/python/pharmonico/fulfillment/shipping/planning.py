"""The plan of a parcel: where it goes, how it travels and which offer is taken."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.shipping.choosing import best, promised_on, reason_of
from pharmonico.fulfillment.shipping.handling import Contents, handling_of
from pharmonico.fulfillment.shipping.labels import reference_of
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.shipping.parcels import Address, address_of
from pharmonico.kit.errors import Conflict
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Pharmacy
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers
    from pharmonico.kit.clock import Clock


def plan_shipment(
    order: Order,
    earlier: Shipment | None,
    *,
    orders: Orders,
    directory: Directory,
    carriers: Carriers,
    clock: Clock,
) -> Shipment:
    """Ask for offers, take one, and write it down before anything is bought."""
    blank = earlier or Shipment(
        shipment_id=new_id("shp", clock=clock), label_key=f"{secrets.token_hex(24)}.pdf"
    )
    now, pharmacy = clock.now(), _pharmacy(order, directory)
    contents = _contents(order, orders=orders, directory=directory)
    handling = handling_of(contents, pharmacy.hours, now=now)
    offers = carriers.rates(
        origin_of(pharmacy), _to(order, orders), handling, reference=reference_of(order.id, blank)
    )
    rate = best(offers, handling)
    plan = blank.model_copy(
        update={
            "rate_id": rate.id,
            "planned_at": now,
            "asked_at": now,
            "choice": reason_of(rate, offers, handling),
            "carrier": rate.carrier,
            "account": rate.account or None,
            "service": rate.service,
            "cost": rate.cost,
            "promised_on": promised_on(rate, handling),
        }
    )
    return orders.put_document(order.id, plan)


def _pharmacy(order: Order, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(order.pharmacy_id) if order.pharmacy_id else None
    if pharmacy is None:
        raise Conflict("shipping.pharmacy_unknown", "The pharmacy is not in the directory.")
    return pharmacy


def _contents(order: Order, *, orders: Orders, directory: Directory) -> Contents:
    """What left the shelf; the message's own product where no paper names one."""
    paper = orders.document(order.id, Dispensing)
    ndc = (paper.dispensed_ndc if paper else None) or order.summary.ndc
    medication = directory.medication(ndc) if ndc else None
    return Contents(medication, _units(paper.quantity if paper else ""))


def _units(text: str) -> Decimal:
    """A message may leave the quantity open ("as needed"): then the smallest box must do."""
    try:
        units = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return units if units.is_finite() and units > 0 else Decimal(0)


def origin_of(pharmacy: Pharmacy) -> Address:
    """Where its parcels leave."""
    place = pharmacy.address
    return Address(
        name=pharmacy.name,
        line1=place.line1,
        city=place.city,
        state=place.state,
        postal_code=place.postal_code,
        phone=pharmacy.phone,
    )


def _to(order: Order, orders: Orders) -> Address:
    enrollment = orders.document(order.id, Enrollment)
    delivery = enrollment.delivery if enrollment else None
    if delivery is None:
        raise Conflict("shipping.address_missing", "The patient gave no delivery address.")
    return address_of(delivery)
