"""What people do about a parcel: put its address right, take its label back, say what became of it.

All are one write on the revision that was decided upon, and each leaves a paper that says who
decided what, and why.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import ShippingLabelVoided
from pharmonico.events.fulfillment_shipping import ParcelSettled, ParcelWrittenOff
from pharmonico.fulfillment.cancellation import NOT_SCANNED
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.shipping.papers import ParcelDecision, Shipment
from pharmonico.fulfillment.shipping.parcels import address_of
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, FieldError, Invalid
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.events.fulfillment import ReasonedEvent
    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.documents import Delivery, Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.fulfillment.shipping.carriers import Carriers
    from pharmonico.fulfillment.shipping.papers import Fate
    from pharmonico.kit.clock import Clock

ACTIONS: dict[Status, tuple[str, ...]] = {
    Status.SHIPPING_ISSUE: ("correct_address", "release", "cancel"),
    Status.SHIPPED: ("withdraw_label", "cancel"),
    Status.DELIVERY_EXCEPTION: ("contact_patient", "withdraw_label", "settle"),
    Status.RETURNED: ("settle",),
}
"""What may be done in each state; releasing and cancelling are doors of the prescription."""

WITHDRAWN_FROM = frozenset({Status.SHIPPED, Status.DELIVERY_EXCEPTION})
"""Where an unscanned parcel can be; the carrier never got some of those in trouble."""

SETTLED_AS: dict[Fate, Status] = {
    "returned": Status.RETURNED,
    "lost": Status.DELIVERY_EXCEPTION,
}
"""The state in which each fate can be told."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who works on parcels, and with what."""

    actor: Actor
    orders: Orders
    carriers: Carriers
    directory: Directory
    machine: Machine
    clock: Clock


def actions(order: Order, decisions: tuple[ParcelDecision, ...]) -> tuple[str, ...]:
    """What people may do now; a parcel is settled once."""
    if order.status is Status.RETURNED and any(each.action == "settle" for each in decisions):
        return ()
    found = ACTIONS.get(order.status, ())
    if order.status in WITHDRAWN_FROM and not _is_unscanned(order):
        return tuple(each for each in found if each not in {"withdraw_label", "cancel"})
    return found


def correct_address(
    order_id: str, delivery: Delivery, *, note: str, expected_revision: int, bench: Bench
) -> Order:
    """Put another address in and ship; `Invalid` where the carrier does not know this one either,
    and where the pharmacy that has the medicine may not ship to.

    What the patient entered stays on the decision.
    """
    order = _expected(order_id, expected_revision, bench)
    enrollment = bench.orders.document(order.id, Enrollment)
    if order.status is not Status.SHIPPING_ISSUE or enrollment is None:
        raise Conflict("shipping.not_held", f"It is {order.status}, and waits for no address.")
    _check_licence(order, delivery, bench)
    if bench.carriers.check(address_of(delivery)).verdict == "invalid":
        raise Invalid("address.invalid", "The carrier does not know the delivery address.")
    corrected = enrollment.model_copy(update={"delivery": delivery})
    decision = _decision("correct_address", note, bench, before=enrollment.delivery)
    ready = order.moved(Status.DISPENSED, at=bench.clock.now(), hold_reason=None)
    after, event = resume(ready, actor=bench.actor, clock=bench.clock)
    return bench.orders.save(after, events=[event], documents=[corrected, decision])


def withdraw_label(order_id: str, *, note: str, expected_revision: int, bench: Bench) -> Order:
    """Give the label of an unscanned parcel back; it rests until it is released or cancelled.

    The carrier is asked first and takes the same label back twice, so a crash in between loses
    nothing; it refuses one that it has scanned.
    """
    order = _expected(order_id, expected_revision, bench)
    shipment = bench.orders.document(order.id, Shipment)
    is_unused = order.status in WITHDRAWN_FROM and _is_unscanned(order)
    if shipment is None or not is_unused:
        raise Conflict("label.in_use", "Only the label of a parcel nobody has scanned is void.")
    bench.carriers.void(str(shipment.transaction_id))
    used = shipment.model_copy(update={"key": shipment.shipment_id, "version": 0, "voided": True})
    fresh = Shipment(
        version=shipment.version,
        shipment_id=new_id("shp", clock=bench.clock),
        label_key=f"{secrets.token_hex(24)}.pdf",
    )
    held = order.moved(
        Status.SHIPPING_ISSUE,
        at=bench.clock.now(),
        hold_reason="label.withdrawn",
        wait=None,
        tracking=None,
        shipment_id=None,
    )
    event = record(ShippingLabelVoided, held, before=order, clock=bench.clock, actor=bench.actor)
    papers: list[Document] = [used, fresh, _decision("withdraw_label", note, bench)]
    saved = bench.orders.save(held, events=[event], documents=papers)
    if order.wait is not None:
        bench.machine.fail(order.wait.token, "Superseded", "the label was taken back")
    return saved


def settle(
    order_id: str,
    fate: Fate,
    *,
    reverse_claim: bool,
    note: str,
    expected_revision: int,
    bench: Bench,
) -> Order:
    """Answer the question a returned or lost parcel leaves: is the claim reversed?

    Yes reverses it and refunds the patient. Medicine that left the pharmacy is quarantined, never
    restocked, whatever the answer is.
    """
    order = _expected(order_id, expected_revision, bench)
    decided = bench.orders.documents(order.id, ParcelDecision)
    if order.status is not SETTLED_AS[fate] or "settle" not in actions(order, decided):
        raise Conflict("shipping.not_to_settle", f"It is {order.status}: there is nothing to say.")
    now, reason = bench.clock.now(), f"parcel.{fate}"
    after = order.changed(at=now, undo_due=reverse_claim, wait=None)
    if fate == "lost":
        after = order.moved(
            Status.RETURNED, at=now, undo_due=reverse_claim, wait=None, hold_reason=reason
        )
    told = [_told(ParcelSettled, after, order, reason, bench)]
    if reverse_claim:
        told.append(_told(ParcelWrittenOff, after, order, reason, bench))
    decision = _decision("settle", note, bench, fate=fate, reverse_claim=reverse_claim)
    saved = bench.orders.save(after, events=told, documents=[decision])
    if order.wait is not None:
        bench.machine.fail(order.wait.token, "Superseded", "the parcel was settled")
    return saved


def _told(
    kind: type[ReasonedEvent], after: Order, before: Order, reason: str, bench: Bench
) -> ReasonedEvent:
    return record(kind, after, before=before, clock=bench.clock, actor=bench.actor, reason=reason)


def _expected(order_id: str, expected_revision: int, bench: Bench) -> Order:
    order = bench.orders.get(order_id)
    order.expect(expected_revision)
    return order


def _check_licence(order: Order, delivery: Delivery, bench: Bench) -> None:
    """Routing's gate of the law, held to the state that the parcel goes to now."""
    pharmacy = bench.directory.pharmacy(order.pharmacy_id or "")
    today = pharmacy.hours.local(bench.clock.now()).date() if pharmacy else None
    licensed_to = pharmacy.licences.get(delivery.state) if pharmacy else None
    if today is None or licensed_to is None or licensed_to < today:
        error = FieldError("/delivery/state", "license.state", "It is not licensed for this state.")
        raise Invalid("shipping.not_licensed", "The pharmacy may not ship to this state.", (error,))


def _is_unscanned(order: Order) -> bool:
    return order.tracking is not None and order.tracking.status in NOT_SCANNED


def _decision(action: str, note: str, bench: Bench, **facts: object) -> ParcelDecision:
    now = bench.clock.now()
    return ParcelDecision.model_validate(
        {
            "key": f"{now:%Y%m%dT%H%M%S.%f}",
            "action": action,
            "note": note,
            "by": bench.actor.id,
            "role": bench.actor.role,
            "at": now,
            **facts,
        }
    )
