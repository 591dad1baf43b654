"""Cancelling before dispatch: the state first, then the execution, then what must be undone.

The write that cancels also ends the execution's ownership (no stage works on a cancelled order)
and emits `prescription_cancelled`, which starts the machine of compensations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import PrescriptionCancelled
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status, may_move

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.events.envelope import Actor, Event
    from pharmonico.fulfillment.correspondence.outgoing import Composed
    from pharmonico.fulfillment.dispensing.papers import Restock
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

PRESCRIBER_CANCELLED = "prescriber_cancelled"
"""The reason of a cancellation by CancelRx."""
RELEASED = Outcome(outcome="released")
NOT_SCANNED = frozenset({"PRE_TRANSIT", "UNKNOWN"})
"""The carrier's words for a parcel that it has not seen yet."""


def cancel(
    order_id: str,
    *,
    reason: str,
    actor: Actor,
    orders: Orders,
    clock: Clock,
    expected_revision: int | None = None,
    said: Callable[[Order], Composed] | None = None,
) -> Order:
    """Cancel the prescription; cancelling twice changes nothing the second time.

    `reason` is a stable code; `said` composes what the prescriber is told in the same write.
    Raises `IllegalMove` after the carrier's first scan and `StaleRevision` when
    `expected_revision` is given and no longer true.
    """

    def attempt() -> Order:
        order = orders.get(order_id)
        if order.status is Status.CANCELLED:
            return order
        order.expect(expected_revision)
        _check_not_handed_over(order)
        cancelled = order.moved(
            Status.CANCELLED,
            at=clock.now(),
            hold_reason=reason,
            failed_from=None,
            failure_step=None,
            undo_due=True,
        )
        event = record(
            PrescriptionCancelled,
            cancelled,
            before=order,
            clock=clock,
            actor=actor,
            reason=reason,
        )
        told = said(cancelled) if said else None
        events: list[Event[Any]] = [event, *([told.event] if told else [])]
        papers = [*([told.letter] if told else []), *_restocked(order, reason, orders, clock)]
        return orders.save(cancelled, events=events, documents=papers)

    return on_conflict(attempt)


def _restocked(order: Order, reason: str, orders: Orders, clock: Clock) -> list[Restock]:
    """What the pharmacy has to put back, unless it has been told already."""
    if order.pharmacy_id is None:
        return []
    from pharmonico.fulfillment.dispensing.papers import Restock  # noqa: PLC0415 - seldom so late
    from pharmonico.fulfillment.undoing import Undo, undone_from  # noqa: PLC0415 - seldom so late

    undone = undone_from(order.status, failed_from=order.failed_from)
    if Undo.RESTOCK not in undone:
        return []
    if orders.document(order.id, Restock) is not None:
        return []
    return [Restock(pharmacy_id=order.pharmacy_id, due_at=clock.now(), reason=reason)]


def _check_not_handed_over(order: Order) -> None:
    """A failure hides where the prescription was; the carrier may have the parcel all the same."""
    if order.status is not Status.FAILED:
        return
    origin = order.failed_from or Status.RECEIVED
    is_scanned = order.tracking is not None and order.tracking.status not in NOT_SCANNED
    if is_scanned or not may_move(origin, Status.CANCELLED):
        raise IllegalMove(origin, Status.CANCELLED)


def release_wait(work: Work, *, orders: Orders, machine: Machine) -> Outcome:
    """First compensation: the open token fails by the name `Cancelled`, the execution stops.

    Both answers may come too late; what is gone already is no error.
    """
    order = orders.get(work.prescription_id)
    if order.wait is not None:
        machine.fail(order.wait.token, "Cancelled", "the prescription was cancelled")
    if order.owner is not None:
        machine.stop(order.owner, "the prescription was cancelled")
    return RELEASED
