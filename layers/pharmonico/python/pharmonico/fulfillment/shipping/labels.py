"""Labels by their reference, and giving back that of a cancelled prescription."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import ShippingLabelVoided
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.shipping.carriers import PurchasePending
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers
    from pharmonico.fulfillment.shipping.parcels import Label
    from pharmonico.kit.clock import Clock

VOIDED = Outcome(outcome="voided")
NO_LABEL = Outcome(outcome="no_label")
SETTLES_IN = timedelta(seconds=75)
"""How long a purchase that nobody answered may take: more than its buyer may run."""

LOOKS_MAX = 6
LOOK_EVERY_S = 5
Pause = Callable[[float], None]
"""Waits for so many seconds."""


def reference_of(order_id: str, plan: Shipment) -> str:
    """What the label carries as metadata: ids only, at most 100 characters."""
    return f"{order_id}:{plan.shipment_id}"


def void_label(
    work: Work, *, orders: Orders, carriers: Carriers, clock: Clock, pause: Pause
) -> Outcome:
    """The cancellation's last step: then nothing is left to undo. Without a label it passes.

    The label of a parcel that was written off has been used.
    """
    outcome = NO_LABEL
    if orders.get(work.prescription_id).status is not Status.RETURNED:
        outcome = give_back(
            work.prescription_id, orders=orders, carriers=carriers, clock=clock, pause=pause
        )

    def note_the_end() -> None:
        order = orders.get(work.prescription_id)
        if order.undo_due:
            orders.save(order.changed(at=clock.now(), undo_due=False))

    on_conflict(note_the_end)
    return outcome


def give_back(
    order_id: str,
    known: str | None = None,
    *,
    orders: Orders,
    carriers: Carriers,
    clock: Clock,
    pause: Pause,
) -> Outcome:
    """Void the label once, also one whose purchase we had not written down yet.

    `known` is its transaction, where the caller knows it and no paper does.
    """

    def attempt() -> Outcome:
        order = orders.get(order_id)
        if order.status is not Status.CANCELLED:
            raise Conflict("order.not_cancelled", "Only a cancelled prescription's label is void.")
        shipment = orders.document(order.id, Shipment)
        if shipment is None or shipment.voided:
            return NO_LABEL
        transaction_id = known or shipment.transaction_id
        if transaction_id is None:
            label = awaited(order.id, shipment, carriers=carriers, clock=clock, pause=pause)
            if label is None:
                return NO_LABEL
            transaction_id = label.transaction_id
        carriers.void(transaction_id)
        void = shipment.model_copy(update={"transaction_id": transaction_id, "voided": True})
        after = order.changed(at=clock.now())
        event = record(ShippingLabelVoided, after, before=order, clock=clock)
        orders.save(after, events=[event], documents=[void])
        return VOIDED

    return on_conflict(attempt)


def awaited(
    order_id: str, plan: Shipment, *, carriers: Carriers, clock: Clock, pause: Pause
) -> Label | None:
    """The same, looked for again for as long as one call of a function may take.

    Machines try again as well; but not every engine lets them tell this error from others.
    """
    for _ in range(LOOKS_MAX):
        try:
            return bought(order_id, plan, carriers=carriers, clock=clock)
        except PurchasePending:
            pause(LOOK_EVERY_S)
    return bought(order_id, plan, carriers=carriers, clock=clock)


def bought(order_id: str, plan: Shipment, *, carriers: Carriers, clock: Clock) -> Label | None:
    """The label that was bought of this plan; `PurchasePending` while it may still come."""
    if plan.rate_id is None:
        return None
    found = carriers.find(plan.rate_id, reference=reference_of(order_id, plan))
    is_settled = plan.asked_at is None or clock.now() - plan.asked_at >= SETTLES_IN
    if found is None and not is_settled:
        raise PurchasePending
    return found
