"""The last stage: delivered becomes completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PrescriptionCompleted
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.work import SUPERSEDED, Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

COMPLETED = Outcome(outcome="completed")


def complete(work: Work, *, orders: Orders, clock: Clock) -> Outcome:
    order = own(work, orders=orders, clock=clock)
    if order is None:
        done = orders.get(work.prescription_id).status is Status.COMPLETED
        return COMPLETED if done else SUPERSEDED
    after = order.moved(Status.COMPLETED, at=clock.now(), wait=None)
    orders.save(after, events=[record(PrescriptionCompleted, after, before=order, clock=clock)])
    return COMPLETED
