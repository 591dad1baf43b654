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


def own(work: Work, *, orders: Orders, clock: Clock, though_on_hold: bool = False) -> Order | None:
    """The order if this execution holds it or can claim it; None when it is superseded.

    A prescription that left the machine (cancelled, failed, resting) is held by nobody, and one
    on hold goes no further: its execution ends at the next stage (ADR 0040).
    """
    for _ in range(CLAIM_TRIES):
        order = orders.get(work.prescription_id)
        if not _may_hold(order, work, though_on_hold=though_on_hold):
            return None
        if order.owner == work.execution:
            return order
        try:
            return orders.save(order.changed(at=clock.now(), owner=work.execution))
        except VersionConflict:
            continue
    raise VersionConflict


def own_by_write(work: Work, *, orders: Orders) -> Order | None:
    """The same for a stage whose first write is its last: that one claims the prescription, and of
    two executions the later gets a `VersionConflict` for it."""
    order = orders.get(work.prescription_id)
    if not _may_hold(order, work):
        return None
    return order.model_copy(update={"owner": work.execution})


def _may_hold(order: Order, work: Work, *, though_on_hold: bool = False) -> bool:
    if order.run != work.run or order.status not in IN_MACHINE:
        return False
    if order.hold is not None and not though_on_hold:
        return False
    return order.owner in (None, work.execution)


def resume(order: Order, *, actor: Actor, clock: Clock) -> tuple[Order, PrescriptionResumed]:
    """Take the order from its owner and ask for a new execution at the stage of its status."""
    resumed = order.changed(at=clock.now(), run=order.run + 1, owner=None, wait=None)
    return resumed, _resumption(resumed, order, actor=actor, clock=clock)


def restart(order: Order, *, actor: Actor, clock: Clock) -> tuple[Order, PrescriptionResumed]:
    """Ask once more for the execution that never claimed the order, under the same run.

    The first start may only be late: raising the run would make it worthless, and where starts
    come later than they are missed, none would ever count.
    """
    asked = order.changed(at=clock.now())
    return asked, _resumption(asked, order, actor=actor, clock=clock)


def _resumption(after: Order, before: Order, *, actor: Actor, clock: Clock) -> PrescriptionResumed:
    return record(
        PrescriptionResumed,
        after,
        before=before,
        clock=clock,
        actor=actor,
        resume_at=RESUME_AT[after.status],
    )
