"""When a wait runs out: where the prescription rests, unless the awaited thing came at last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment import EnrollmentExpired, WaitExpired
from pharmonico.fulfillment.adjudication.papers import marked
from pharmonico.fulfillment.machine.ownership import own, resume
from pharmonico.fulfillment.machine.waits import ENDS_AT, WaitName
from pharmonico.fulfillment.machine.work import SUPERSEDED, Expiry, Outcome
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status, may_move, reached

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

EXPIRED = Outcome(outcome="expired")
RESUMED = Outcome(outcome="resumed")

_RESTS_AS: dict[WaitName, Status] = {
    WaitName.ENROLLMENT: Status.ENROLLMENT_EXPIRED,
    WaitName.SELECTION: Status.NO_PHARMACY,
    WaitName.PAYMENT: Status.PAYMENT_EXPIRED,
    WaitName.DISPENSE: Status.FAILED,
    WaitName.DELIVERY: Status.DELIVERY_EXCEPTION,
}

_BILLED_IN_VAIN = frozenset({WaitName.PAYMENT, WaitName.DISPENSE})
"""Waits whose end takes the claims back: nobody has the medicine that a plan has paid for. They
end on a held prescription as well, or a hold would keep the plan's money."""


def expire_wait(work: Expiry, *, orders: Orders, clock: Clock) -> Outcome:
    """Put the prescription where people look for it; a photo finish goes to the patient."""
    is_billed = work.wait in _BILLED_IN_VAIN
    order = own(work, orders=orders, clock=clock, though_on_hold=is_billed)
    if order is None:
        return SUPERSEDED
    rests_as = _RESTS_AS[work.wait]
    never_began = not may_move(order.status, rests_as)  # the stage that opens it did not get there
    if never_began or reached(order.status, ENDS_AT[work.wait]):
        if order.hold is not None:
            return SUPERSEDED  # it came at last: whoever lets it go begins the stage behind
        resumed, event = resume(order, actor=SYSTEM, clock=clock)
        orders.save(resumed, events=[event])
        return RESUMED
    undone = marked(order.id, orders=orders) if is_billed else []
    after = order.moved(
        rests_as,
        at=clock.now(),
        wait=None,
        hold_reason=f"{work.wait}_expired",
        **_failure_marks(work.wait),
    )
    orders.save(after, events=[_event(order, after, work.wait, clock)], documents=undone)
    return EXPIRED


def _failure_marks(wait: WaitName) -> dict[str, Any]:
    """Nothing dispensed in time: the claim is taken back, and a redrive bills anew."""
    if wait is not WaitName.DISPENSE:
        return {}
    return {"failed_from": Status.PHARMACY_SELECTED, "failure_step": "AwaitDispense"}


def _event(before: Order, after: Order, wait: WaitName, clock: Clock) -> Event[Any]:
    if wait is WaitName.ENROLLMENT:
        return record(EnrollmentExpired, after, before=before, clock=clock)
    return record(WaitExpired, after, before=before, clock=clock, reason=f"{wait}_expired")
