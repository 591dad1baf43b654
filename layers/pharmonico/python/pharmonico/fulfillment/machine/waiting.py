"""Opening and ending the machine's waits.

People write state, events wake the machine: the opener stores the token and, if the awaited thing
has already happened, answers at once; otherwise the event's consumer finds the token. Both sides
meet on the order's one item, so no order of arrival is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import EnrollmentCompleted, EnrollmentReopened
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.waits import (
    ENDED_BY,
    ENDS_AT,
    HELD_BY,
    TIMEOUT_S,
    Wait,
    WaitName,
)
from pharmonico.fulfillment.machine.work import SUPERSEDED, OpenWait, Outcome
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import IN_MACHINE, Status, reached

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.events.fulfillment import FulfillmentEvent
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Machine, Orders
    from pharmonico.kit.clock import Clock

WAITING = Outcome(outcome="waiting")
ANSWERED = Outcome(outcome="answered")


def wait_of(work: OpenWait, *, clock: Clock) -> Wait:
    """The wait as it is kept on the order."""
    return Wait(
        name=work.wait,
        run=work.run,
        execution=work.execution,
        token=work.token,
        opened_at=clock.now(),
        timeout_s=TIMEOUT_S[work.wait],
    )


def open_wait(work: OpenWait, *, orders: Orders, machine: Machine, clock: Clock) -> Outcome:
    """Store the token, or answer it at once when the awaited thing has happened already."""
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return superseded(work, machine=machine)
    order = _enrolled_before(order, work, orders=orders, clock=clock)
    if is_over(order, work):
        return answer(work, order, machine=machine)
    orders.save(order.changed(at=clock.now(), wait=wait_of(work, clock=clock)))
    return WAITING


def _enrolled_before(order: Order, work: OpenWait, *, orders: Orders, clock: Clock) -> Order:
    """A prescription that was changed later is not begun anew: the patient's words stand, and so
    does an invitation that is out."""
    if work.wait is not WaitName.ENROLLMENT or order.run == 1 or is_over(order, work):
        return order
    from pharmonico.fulfillment.documents import Enrollment  # noqa: PLC0415 - a second run is rare

    enrollment = orders.document(order.id, Enrollment)
    if enrollment is None or enrollment.revoked:
        return order
    now = clock.now()
    if enrollment.submitted_at is not None:
        after = order.moved(Status.AWAITING_ROUTING, at=now)
        told: FulfillmentEvent = record(EnrollmentCompleted, after, before=order, clock=clock)
    elif enrollment.links_sent and order.status is Status.VALIDATED:
        after = order.moved(Status.AWAITING_ENROLLMENT, at=now)
        told = record(EnrollmentReopened, after, before=order, clock=clock)
    else:
        return order
    return orders.save(after, events=[told])


def is_over(order: Order, work: OpenWait) -> bool:
    return reached(order.status, ENDS_AT[work.wait])


def answer(work: OpenWait, order: Order, *, machine: Machine) -> Outcome:
    machine.succeed(work.token, {"status": order.status})
    return ANSWERED


def superseded(work: OpenWait, *, machine: Machine) -> Outcome:
    """The execution lost the prescription, or the stage before held it: there is no wait.

    A name that the machine catches ends it. No Choice asks after each stage: that would be paid
    for every prescription, and the opener reads the status anyway.
    """
    machine.fail(work.token, "Superseded", "it rests with people, or with another execution")
    return SUPERSEDED


def wake(event: Event[Any], *, orders: Orders, machine: Machine) -> bool:
    """Answer the token that waits for this event; True when one was answered.

    A late or repeated event of an earlier wait or run answers nothing.
    """
    order = orders.get(event.data.prescription_id)
    wait = order.wait
    if wait is not None and _is_held(event, order, wait):
        return machine.fail(wait.token, "Superseded", "it is held for people to look at")
    if wait is None or wait.name is not ENDED_BY.get(event.detail_type):
        return False
    if wait.run != event.data.run or not reached(order.status, ENDS_AT[wait.name]):
        return False
    return machine.succeed(wait.token, {"status": order.status})


def _is_held(event: Event[Any], order: Order, wait: Wait) -> bool:
    """Whether what came was not what the wait was for, so that nobody waits any more."""
    is_of_it = HELD_BY.get(event.detail_type) is wait.name and wait.run == event.data.run
    return is_of_it and order.status not in IN_MACHINE
