"""The safety net: whatever nobody works on any more is taken up again.

The embedded engine fails waiting executions when it restarts; on AWS the same accident is rare,
and this is what repairs it. So does it a start, an answer to a wait or a cancellation that got
lost between two services. Running it twice, or while all is well, changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment import CompensationResumed
from pharmonico.fulfillment.machine.ownership import restart, resume
from pharmonico.fulfillment.machine.waits import ENDS_AT
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import IN_MACHINE, Status, reached
from pharmonico.fulfillment.walking import every
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

UNCLAIMED_GRACE = timedelta(minutes=2)
"""How long a prescription may wait for its first stage before we call its start lost."""

SILENCE_MAX = timedelta(minutes=15)
"""No stage takes longer, all its retries and its failure record included."""

UNDO_HORIZON = timedelta(days=90)
"""Of what is to be undone, only prescriptions younger than this are looked at."""

BATCH_MAX = 100


def reconcile(*, orders: Orders, machine: Machine, clock: Clock) -> int:
    """Take up what nobody works on; answers how many were resumed (at most a batch per call)."""
    resumed = 0
    for order in chain(
        every(IN_MACHINE, orders=orders),
        every({Status.CANCELLED, Status.RETURNED}, orders=orders, since=clock.now() - UNDO_HORIZON),
    ):
        resumed += _look_at(order, orders=orders, machine=machine, clock=clock)
        if resumed >= BATCH_MAX:
            break
    return resumed


def _look_at(order: Order, *, orders: Orders, machine: Machine, clock: Clock) -> int:
    step = _undoing(order, clock) if order.may_be_undone else None
    if order.status in IN_MACHINE and order.hold is None:
        step = _taking_up(order, machine=machine, clock=clock)
    if step is None:
        return 0
    after, event = step
    try:
        orders.save(after, events=[event])
    except VersionConflict:
        return 0  # it moved on its own while we looked
    if order.owner is not None and after.owner is None and machine.is_running(order.owner):
        machine.stop(order.owner, "it had fallen silent and was superseded")
    return 1


def _taking_up(order: Order, *, machine: Machine, clock: Clock) -> tuple[Order, Event[Any]] | None:
    """A new start where the first was lost, a new run where the owner is dead or silent."""
    silence = clock.now() - order.updated_at
    if order.owner is None:
        is_lost = silence > UNCLAIMED_GRACE
        return restart(order, actor=SYSTEM, clock=clock) if is_lost else None
    is_silent = silence > SILENCE_MAX and not _is_awaiting(order)
    if is_silent or not machine.is_running(order.owner):
        return resume(order, actor=SYSTEM, clock=clock)
    return None


def _is_awaiting(order: Order) -> bool:
    """Whether the machine waits for people: then an execution may rightly be silent for weeks."""
    wait = order.wait
    if wait is None or wait.run != order.run:
        return False
    return not reached(order.status, ENDS_AT[wait.name])


def _undoing(order: Order, clock: Clock) -> tuple[Order, Event[Any]] | None:
    """The compensations once more, where they neither ended nor left a failure to redrive."""
    is_silent = clock.now() - order.updated_at > SILENCE_MAX
    if not (order.undo_due and is_silent and order.failure_step is None):
        return None
    after = order.changed(at=clock.now())
    return after, record(CompensationResumed, after, before=order, clock=clock, actor=SYSTEM)
