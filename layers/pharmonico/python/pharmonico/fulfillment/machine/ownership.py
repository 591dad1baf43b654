"""One execution owns a prescription: claiming, superseding and resuming (ADR 0003)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PrescriptionResumed
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import IN_MACHINE, RESUME_AT
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.machine.work import Work
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

CLAIM_TRIES = 5


def own(work: Work, *, orders: Orders, clock: Clock) -> Order | None:
    """The order if this execution holds it or can claim it; None when it is superseded.

    A prescription that left the machine (cancelled, failed, resting) is held by nobody.
    """
    for _ in range(CLAIM_TRIES):
        order = orders.get(work.prescription_id)
        if order.run != work.run or order.status not in IN_MACHINE:
            return None
        if order.owner == work.execution:
            return order
        if order.owner is not None:
            return None
        try:
            return orders.save(order.changed(at=clock.now(), owner=work.execution))
        except VersionConflict:
            continue
    raise VersionConflict


def resume(order: Order, *, actor: Actor, clock: Clock) -> tuple[Order, PrescriptionResumed]:
    """Take the order from its owner and ask for a new execution at the stage of its status."""
    resumed = order.changed(at=clock.now(), run=order.run + 1, owner=None, wait=None)
    event = record(
        PrescriptionResumed,
        resumed,
        before=order,
        clock=clock,
        actor=actor,
        resume_at=RESUME_AT[resumed.status],
    )
    return resumed, event
