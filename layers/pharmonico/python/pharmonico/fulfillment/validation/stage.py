"""Stage: hold the message against the rules; what must not go on by itself rests with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PrescriptionValidated, ValidationFailed
from pharmonico.fulfillment.machine.ownership import own_by_write
from pharmonico.fulfillment.machine.waiting import WAITING, wait_of
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, OpenWait, Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status, reached
from pharmonico.fulfillment.validation.codes import code_of
from pharmonico.fulfillment.validation.examining import Shelf, examine

if TYPE_CHECKING:
    from pharmonico.fulfillment.documents import Finding
    from pharmonico.fulfillment.machine.waits import Wait
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.validation.examining import Examined

VALID = Outcome(outcome="valid")


def validate(work: Work, *, shelf: Shelf) -> Outcome:
    """Write the findings, the verdict and what they add to the patient's record in one step.

    Two prescriptions of one patient at once: the second is examined again, with the first known.
    Whoever brings the token of the wait behind it has it left in the same write, and is answered
    `WAITING`. A later run's wait may be over already: its opener looks.
    """

    def attempt() -> Outcome:
        order = own_by_write(work, orders=shelf.orders)
        if order is None:
            return SUPERSEDED
        if reached(order.status, Status.VALIDATED):
            return VALID
        wait = None
        if isinstance(work, OpenWait) and order.run == 1:
            wait = wait_of(work, clock=shelf.clock)
        return _settle(order, examine(order, shelf=shelf), wait, shelf=shelf)

    return on_conflict(attempt)


def holding(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The codes that keep a prescription from going on, in order, each once."""
    held = (finding.code for finding in findings if code_of(finding.code).holds)
    return tuple(dict.fromkeys(held))


def _settle(order: Order, examined: Examined, wait: Wait | None, *, shelf: Shelf) -> Outcome:
    validation, papers = examined
    held = holding(validation.findings)
    now = shelf.clock.now()
    if held:
        after = order.moved(Status.VALIDATION_ISSUE, at=now, owner=None, hold_reason=held[0])
        failed = record(ValidationFailed, after, before=order, clock=shelf.clock)
        shelf.orders.save(after, events=[failed], documents=[validation], papers=papers)
        return HELD
    after = order.moved(Status.VALIDATED, at=now, **({"wait": wait} if wait else {}))
    passed = record(PrescriptionValidated, after, before=order, clock=shelf.clock)
    shelf.orders.save(after, events=[passed], documents=[validation], papers=papers)
    return WAITING if wait else VALID
