"""The safety net: every open prescription whose execution is dead gets a new one at its stage.

The embedded engine fails waiting executions when it restarts; on AWS the same accident is rare,
and this is what repairs it. Running it twice, or while all is well, changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.ports import OrderQuery
from pharmonico.fulfillment.status import IN_MACHINE
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

UNCLAIMED_GRACE = timedelta(minutes=2)
"""How long a prescription may wait for its first stage before we call its start lost."""

BATCH_MAX = 100


def reconcile(*, orders: Orders, machine: Machine, clock: Clock) -> int:
    """Take up what nobody works on; answers how many were resumed (at most a batch per call)."""
    query = OrderQuery(statuses=tuple(sorted(IN_MACHINE)), limit=BATCH_MAX)
    resumed = 0
    while True:
        page = orders.page(query)
        for order in page.items:
            if _is_orphan(order, machine=machine, clock=clock):
                resumed += _take_up(order, orders=orders, clock=clock)
            if resumed >= BATCH_MAX:
                return resumed
        if page.next_after is None:
            return resumed
        query = OrderQuery(statuses=query.statuses, limit=BATCH_MAX, after=page.next_after)


def _is_orphan(order: Order, *, machine: Machine, clock: Clock) -> bool:
    if order.owner is None:
        return clock.now() - order.updated_at > UNCLAIMED_GRACE
    return not machine.is_running(order.owner)


def _take_up(order: Order, *, orders: Orders, clock: Clock) -> int:
    resumed, event = resume(order, actor=SYSTEM, clock=clock)
    try:
        orders.save(resumed, events=[event])
    except VersionConflict:
        return 0  # it moved on its own while we looked
    return 1
