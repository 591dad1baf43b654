"""When a stage gives up after its retries: the failure record, and the redrive from that stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import (
    CompensationResumed,
    PrescriptionFailed,
    PrescriptionResumed,
)
from pharmonico.fulfillment.documents import Failure
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.machine.work import SUPERSEDED, Breakdown, Outcome
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import IN_MACHINE, Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

RECORDED = Outcome(outcome="recorded")
CAUSE_MAX = 500


def record_failure(work: Breakdown, *, orders: Orders, clock: Clock) -> Outcome:
    """Keep what failed and why; in fulfilment the prescription rests as `failed` until redriven.

    A failed compensation leaves the prescription as it ended and marks the step to redrive.
    """
    order = orders.get(work.prescription_id)
    if _is_stale(order, work):
        return SUPERSEDED
    now = clock.now()
    if work.machine == "cancellation":
        after = order.changed(at=now, failure_step=work.step)
    else:
        after = order.moved(
            Status.FAILED, at=now, failed_from=order.status, failure_step=work.step, wait=None
        )
    event = record(PrescriptionFailed, after, before=order, clock=clock, reason=work.step)
    orders.save(after, events=[event], documents=[_failure(order, work, orders, now)])
    return RECORDED


def redrive(
    order_id: str, *, expected_revision: int | None, actor: Actor, orders: Orders, clock: Clock
) -> Order:
    """Start again at the failed stage; `Conflict` when there is nothing to redrive."""
    order = orders.get(order_id)
    order.expect(expected_revision)
    if order.failure_step is None and order.status is not Status.FAILED:
        raise Conflict("failure.none", "This prescription has no failure to redrive.")
    order.expect_no_hold()
    after, event = _restarted(order, actor=actor, clock=clock)
    open_failures = [
        failure.model_copy(update={"redriven_at": clock.now()})
        for failure in orders.documents(order.id, Failure)
        if failure.redriven_at is None
    ]
    return orders.save(after, events=[event], documents=open_failures)


def _restarted(
    order: Order, *, actor: Actor, clock: Clock
) -> tuple[Order, PrescriptionResumed | CompensationResumed]:
    if order.may_be_undone:
        after = order.changed(at=clock.now(), failure_step=None)
        return after, record(CompensationResumed, after, before=order, clock=clock, actor=actor)
    origin = order.failed_from or Status.RECEIVED
    restored = order.moved(origin, at=clock.now(), failed_from=None, failure_step=None)
    return resume(restored, actor=actor, clock=clock)


def _is_stale(order: Order, work: Breakdown) -> bool:
    """A breakdown of an execution that no longer owns the prescription says nothing about it."""
    if work.machine == "cancellation":
        return not order.may_be_undone or order.failure_step == work.step
    superseded = order.owner not in (None, work.execution)
    return order.run != work.run or superseded or order.status not in IN_MACHINE


def _failure(order: Order, work: Breakdown, orders: Orders, now: datetime) -> Failure:
    key = f"{work.machine}-{work.step}"
    known = orders.document(order.id, Failure, key)
    return Failure(
        key=key,
        version=known.version if known else 0,
        step=work.step,
        machine="cancellation" if work.machine == "cancellation" else "fulfillment",
        error=work.error[:CAUSE_MAX],
        cause=work.cause[:CAUSE_MAX],
        status=order.status,
        run=work.run,
        first_seen=known.first_seen if known else now,
        last_seen=now,
        count=known.count + 1 if known else 1,
    )
