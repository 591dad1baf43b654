"""The ship stage: a rate is chosen and written down, then its label is bought exactly once.

The plan (rate, label key) is a write of its own before the purchase. A crash after the purchase
finds the label again by the plan's rate and our reference in the label's metadata. Where the
carrier's answer was lost, the purchase may still be under way: nobody buys again until it has had
time to settle. The order is read once more between plan and purchase, so that a cancellation
either stops the purchase or finds its plan.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import ShippingLabelGenerated
from pharmonico.events.fulfillment_shipping import ShippingHeld
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, Outcome, Work
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.shipping.carriers import NoAnswer, PurchasePending
from pharmonico.fulfillment.shipping.labels import awaited, give_back, reference_of
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.shipping.planning import plan_shipment
from pharmonico.fulfillment.shipping.tracking import parcel_key
from pharmonico.fulfillment.status import Status, reached
from pharmonico.kit.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers, LabelStore
    from pharmonico.fulfillment.shipping.labels import Pause
    from pharmonico.fulfillment.shipping.parcels import Label
    from pharmonico.kit.clock import Clock

SHIPPED = Outcome(outcome="shipped")
HOLDS = frozenset(
    {
        *("address.invalid", "shipping.address_missing"),
        *("shipping.no_rates", "shipping.too_slow", "label.refused"),
    }
)
"""Refusals that people must answer; with each of them nothing was bought."""

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
    pause: Pause,
) -> Outcome:
    """Buy the label, keep its PDF, and mark the prescription as shipped."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.SHIPPED):
        return SHIPPED
    label: Label | None = None
    try:
        plan = orders.document(order.id, Shipment)
        if plan is not None:
            label = awaited(order.id, plan, carriers=carriers, clock=clock, pause=pause)
        if plan is None or label is None:
            plan = _asked_for(
                order, plan, orders=orders, directory=directory, carriers=carriers, clock=clock
            )
            if not _is_still_ours(order, orders):
                return SUPERSEDED
            label = _buy(order, plan, orders=orders, carriers=carriers)
        labels.put(str(plan.label_key), carriers.pdf(label))
        _save(order, plan, label, orders=orders, clock=clock)
    except Exception as error:
        if orders.get(order.id).status is Status.CANCELLED:
            transaction_id = label.transaction_id if label else None
            give_back(
                order.id,
                transaction_id,
                orders=orders,
                carriers=carriers,
                clock=clock,
                pause=pause,
            )
        if isinstance(error, Rejected) and error.code in HOLDS:
            return _hold(order, error.code, orders=orders, clock=clock)
        raise
    return SHIPPED


def _hold(order: Order, reason: str, *, orders: Orders, clock: Clock) -> Outcome:
    """No try of the machine's would end otherwise: ops put it right, then it ships."""
    after = order.moved(Status.SHIPPING_ISSUE, at=clock.now(), wait=None, hold_reason=reason)
    event = record(ShippingHeld, after, before=order, clock=clock, reason=reason)
    orders.save(after, events=[event])
    return HELD


def _asked_for(
    order: Order,
    plan: Shipment | None,
    *,
    orders: Orders,
    directory: Directory,
    carriers: Carriers,
    clock: Clock,
) -> Shipment:
    """A plan, kept with the moment from which its purchase may be under way."""
    if plan is None or _is_stale(plan, clock):
        return plan_shipment(
            order, plan, orders=orders, directory=directory, carriers=carriers, clock=clock
        )
    return orders.put_document(order.id, plan.model_copy(update={"asked_at": clock.now()}))


def _is_stale(plan: Shipment, clock: Clock) -> bool:
    if plan.rate_id is None or plan.planned_at is None:
        return True
    return clock.now() - plan.planned_at > RATE_LIFE


def _is_still_ours(order: Order, orders: Orders) -> bool:
    now = orders.get(order.id)
    return (now.run, now.owner, now.status) == (order.run, order.owner, order.status)


def _buy(order: Order, plan: Shipment, *, orders: Orders, carriers: Carriers) -> Label:
    """A refused rate is crossed out, so that the next try starts from fresh offers."""
    try:
        return carriers.buy(str(plan.rate_id), reference=reference_of(order.id, plan))
    except Rejected:
        orders.put_document(order.id, plan.model_copy(update={"rate_id": None, "asked_at": None}))
        raise
    except (NoAnswer, PurchasePending):
        raise
    except Unavailable:
        orders.put_document(order.id, plan.model_copy(update={"asked_at": None}))
        raise


def _save(order: Order, plan: Shipment, label: Label, *, orders: Orders, clock: Clock) -> None:
    shipment = plan.model_copy(
        update={
            "transaction_id": label.transaction_id,
            "tracking_number": label.tracking_number,
            "tracking_url": label.tracking_url,
            "asked_at": None,
        }
    )
    tracking = Tracking(carrier=str(plan.carrier), number=label.tracking_number)
    known = {"shipment_id": plan.shipment_id, "tracking": tracking}
    after = order.moved(Status.SHIPPED, at=clock.now(), wait=None, **known)
    event = record(ShippingLabelGenerated, after, before=order, clock=clock)
    parcel = parcel_key(tracking.carrier, tracking.number)
    orders.save(after, events=[event], documents=[shipment], parcel=parcel)
