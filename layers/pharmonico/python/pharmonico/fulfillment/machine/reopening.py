"""Taking a resting prescription up again where its worklist left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.adjudication.papers import is_undone
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.desk.papers import Note
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REOPENS_AS: dict[Status, Status] = {
    Status.ENROLLMENT_EXPIRED: Status.VALIDATED,
    Status.NO_PHARMACY: Status.AWAITING_ROUTING,
    Status.CLAIM_REJECTED: Status.PHARMACY_SELECTED,
    Status.PAYMENT_FAILED: Status.ADJUDICATED,
    Status.PAYMENT_EXPIRED: Status.ADJUDICATED,
    Status.SHIPPING_ISSUE: Status.DISPENSED,
}
"""A validation issue is not here: releasing one is a clinical decision with rules of its own."""

_UNPAID = frozenset({Status.PAYMENT_FAILED, Status.PAYMENT_EXPIRED})


def reopen(
    order_id: str,
    *,
    expected_revision: int | None,
    actor: Actor,
    orders: Orders,
    clock: Clock,
    note: Note | None = None,
) -> Order:
    """Start again at the stage that put it to rest; `Conflict` from any other status.

    Where the claim was taken back meanwhile it starts at billing: the old share holds no more.
    `note` says what was decided, and is kept in the same write.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    target = REOPENS_AS.get(order.status)
    if target is None:
        raise Conflict(
            "order.not_resting", f"A prescription that is {order.status} is not on hold."
        )
    if order.status in _UNPAID and is_undone(order.id, orders=orders):
        target = Status.PHARMACY_SELECTED
    restored = order.moved(target, at=clock.now(), hold_reason=None)
    after, event = resume(restored, actor=actor, clock=clock)
    return orders.save(after, events=[event], documents=[note] if note else [])
