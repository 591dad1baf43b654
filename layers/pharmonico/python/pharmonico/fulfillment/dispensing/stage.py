"""Dispensing: at once in `auto` (demos); in `manual` the machine waits for a pharmacist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PrescriptionDispensed
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.waiting import WAITING, answer, is_over, superseded, wait_of
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import OpenWait, Outcome
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock


def open_dispensing(
    work: OpenWait, *, automatic: bool, orders: Orders, machine: Machine, clock: Clock
) -> Outcome:
    """Queue the prescription for dispensing, or dispense it at once and answer the token."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return superseded(work, machine=machine)
    if is_over(order, work):
        return answer(work, order, machine=machine)
    if order.status is Status.PAID:
        queued = order.moved(Status.AWAITING_DISPENSE, at=clock.now())
    else:
        queued = order.changed(at=clock.now())
    if automatic:
        order = _dispense(queued, orders=orders, clock=clock)
        return answer(work, order, machine=machine)
    orders.save(queued.model_copy(update={"wait": wait_of(work, clock=clock)}))
    return WAITING


def _dispense(order: Order, *, orders: Orders, clock: Clock) -> Order:
    after = order.moved(Status.DISPENSED, at=clock.now(), wait=None)  # the payment's is over
    paper = Dispensing(
        dispensed_ndc=order.summary.ndc,
        quantity=quantity_of(orders.document(order.id, Script)),
        verified_by="automatic",
        automatic=True,
        dispensed_at=clock.now(),
    )
    event = record(PrescriptionDispensed, after, before=order, clock=clock)
    return orders.save(after, events=[event], documents=[paper])


def quantity_of(script: Script | None) -> str:
    """The prescribed quantity as the message has it; empty where it names none."""
    medication = script.message.get("medication", {}) if script else {}
    return str(medication.get("quantity", {}).get("value", ""))
