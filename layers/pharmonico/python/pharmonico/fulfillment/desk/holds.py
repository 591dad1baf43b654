"""Putting a prescription on hold at any moment, and letting it go on (ADR 0040).

A hold is a mark that every stage looks at before it works: the stage at work may still finish,
nobody begins another. What people and partners do meanwhile is kept, as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.order import Hold
from pharmonico.fulfillment.status import IN_MACHINE, TERMINAL
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.desk.papers import Note
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock


def hold(
    order_id: str,
    *,
    reason: str,
    note: Note,
    expected_revision: int | None,
    actor: Actor,
    orders: Orders,
    clock: Clock,
) -> Order:
    """Stop it at the next stage; `Conflict` where it is held already, whatever the reason."""
    order = orders.get(order_id)
    order.expect(expected_revision)
    check_may_be_held(order)
    mark = Hold(reason=reason, by=actor.id, at=clock.now())
    held = order.changed(at=clock.now(), hold=mark, revision=order.revision + 1)
    return orders.save(held, documents=[note])


def let_go(
    order_id: str,
    *,
    note: Note,
    expected_revision: int | None,
    actor: Actor,
    orders: Orders,
    clock: Clock,
) -> Order:
    """Take the hold away; a stage that was not begun because of it is begun now.

    While the machine still waits for people nothing is begun: the wait goes on where it was. One
    that ran out meanwhile is found by `reconcile`.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    check_is_held(order)
    free = order.changed(at=clock.now(), hold=None, revision=order.revision + 1)
    if order.status not in IN_MACHINE or _is_awaiting(order):
        return orders.save(free, documents=[note])
    resumed, event = resume(free, actor=actor, clock=clock)
    return orders.save(resumed, events=[event], documents=[note])


def check_may_be_held(order: Order) -> None:
    """`Conflict` where there is nothing left to stop."""
    if order.status in TERMINAL:
        raise Conflict("hold.ended", f"A prescription that is {order.status} cannot be held.")
    if order.hold is not None:
        raise Conflict("hold.held", "It is on hold already: write a note instead.")


def check_is_held(order: Order) -> None:
    if order.hold is None:
        raise Conflict("hold.none", "It is not on hold.")


def _is_awaiting(order: Order) -> bool:
    wait = order.wait
    return wait is not None and wait.run == order.run and wait.is_open(order.status)
