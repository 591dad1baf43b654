"""The ship stage: a rate is chosen and written down, then its label is bought exactly once.

The plan (rate, label key) is a write of its own before the purchase. A crash after the purchase
finds the label again by the plan's rate and our reference in the label's metadata. A cancellation
that comes while the label is being bought may look for it too early, so the buyer gives it back.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import ShippingLabelGenerated
from pharmonico.fulfillment.documents import Enrollment, Shipment
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.work import SUPERSEDED, Outcome, Work
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.shipping.carriers import Address
from pharmonico.fulfillment.shipping.handling import best, handling_of, promised_on
from pharmonico.fulfillment.shipping.labels import give_back, reference_of
from pharmonico.fulfillment.shipping.tracking import parcel_key
from pharmonico.fulfillment.status import Status, reached
from pharmonico.kit.errors import Conflict, Rejected
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Medication, Pharmacy
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers, Label, LabelStore
    from pharmonico.kit.clock import Clock

SHIPPED = Outcome(outcome="shipped")
RATE_LIFE = timedelta(days=1)
"""A plan that is older was never bought and its price may be gone: plan anew."""


def ship(
    work: Work,
    *,
    orders: Orders,
    directory: Directory,
    carriers: Carriers,
    labels: LabelStore,
    clock: Clock,
) -> Outcome:
    """Buy the label, keep its PDF, and mark the prescription as shipped."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.SHIPPED):
        return SHIPPED
    label: Label | None = None
    try:
        plan, label = _label(
            order, orders=orders, directory=directory, carriers=carriers, clock=clock
        )
        labels.put(str(plan.label_key), carriers.pdf(label))
        _save(order, plan, label, orders=orders, clock=clock)
    except Exception:
        if orders.get(order.id).status is Status.CANCELLED:
            bought = label.transaction_id if label else None
            give_back(order.id, bought, orders=orders, carriers=carriers, clock=clock)
        raise
    return SHIPPED


def _label(
    order: Order, *, orders: Orders, directory: Directory, carriers: Carriers, clock: Clock
) -> tuple[Shipment, Label]:
    plan = orders.document(order.id, Shipment)
    if plan is not None and plan.rate_id is not None:
        found = carriers.find(plan.rate_id, reference=reference_of(order.id, plan))
        if found is not None:
            return plan, found
    if plan is None or _is_stale(plan, clock):
        plan = _plan(
            order, plan, orders=orders, directory=directory, carriers=carriers, clock=clock
        )
    return plan, _buy(order, plan, orders=orders, carriers=carriers)


def _is_stale(plan: Shipment, clock: Clock) -> bool:
    if plan.rate_id is None or plan.planned_at is None:
        return True
    return clock.now() - plan.planned_at > RATE_LIFE


def _plan(
    order: Order,
    earlier: Shipment | None,
    *,
    orders: Orders,
    directory: Directory,
    carriers: Carriers,
    clock: Clock,
) -> Shipment:
    blank = earlier or Shipment(
        shipment_id=new_id("shp", clock=clock), label_key=f"{secrets.token_hex(24)}.pdf"
    )
    pharmacy = _pharmacy(order, directory)
    handling = handling_of(_medication(order, directory), pharmacy.hours, now=clock.now())
    reference = reference_of(order.id, blank)
    to = _to(order, orders)
    rate = best(carriers.rates(_origin(pharmacy), to, handling, reference=reference), handling)
    plan = blank.model_copy(
        update={
            "rate_id": rate.id,
            "planned_at": clock.now(),
            "carrier": rate.carrier,
            "service": rate.service,
            "cost": rate.cost,
            "promised_on": promised_on(rate, handling),
        }
    )
    return orders.put_document(order.id, plan)


def _buy(order: Order, plan: Shipment, *, orders: Orders, carriers: Carriers) -> Label:
    """A refused rate is crossed out, so that the next try starts from fresh offers."""
    try:
        return carriers.buy(str(plan.rate_id), reference=reference_of(order.id, plan))
    except Rejected:
        orders.put_document(order.id, plan.model_copy(update={"rate_id": None}))
        raise


def _save(order: Order, plan: Shipment, label: Label, *, orders: Orders, clock: Clock) -> None:
    shipment = plan.model_copy(
        update={
            "transaction_id": label.transaction_id,
            "tracking_number": label.tracking_number,
            "tracking_url": label.tracking_url,
        }
    )
    tracking = Tracking(carrier=str(plan.carrier), number=label.tracking_number)
    known = {"shipment_id": plan.shipment_id, "tracking": tracking}
    after = order.moved(Status.SHIPPED, at=clock.now(), wait=None, **known)
    event = record(ShippingLabelGenerated, after, before=order, clock=clock)
    parcel = parcel_key(tracking.carrier, tracking.number)
    orders.save(after, events=[event], documents=[shipment], parcel=parcel)


def _pharmacy(order: Order, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(order.pharmacy_id) if order.pharmacy_id else None
    if pharmacy is None:
        raise Conflict("shipping.pharmacy_unknown", "The pharmacy is not in the directory.")
    return pharmacy


def _medication(order: Order, directory: Directory) -> Medication | None:
    return directory.medication(order.summary.ndc) if order.summary.ndc else None


def _origin(pharmacy: Pharmacy) -> Address:
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
    return Address(**delivery.model_dump(exclude={"window"}))
