"""A hold stops a prescription at its next stage, and loses nothing of what happens meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.events.fulfillment import EnrollmentCompleted
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.desk.holds import hold, let_go
from pharmonico.fulfillment.desk.notes import a_note, add_note, assign
from pharmonico.fulfillment.desk.papers import NOTES_MAX, Note
from pharmonico.fulfillment.machine.completing import complete
from pharmonico.fulfillment.machine.failing import record_failure, redrive
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.reconciling import reconcile
from pharmonico.fulfillment.machine.waiting import open_wait, wake
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import SUPERSEDED, Breakdown
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import TERMINAL, Status
from pharmonico.kit.errors import Conflict, StaleRevision, VersionConflict

from tests.builders import (
    EXECUTION,
    NOON,
    a_clock,
    a_wait,
    opening,
    published,
    stored,
    work,
)

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

OPS = Actor(id="usr_ops", role="ops")
RX = "rx_01TEST"


def held(orders: MemoryOrders, *, reason: str = "ops", revision: int | None = None) -> Order:
    note = a_note("wait for the clinic", actor=OPS, clock=a_clock(), about="hold")
    return hold(
        RX,
        reason=reason,
        note=note,
        expected_revision=revision,
        actor=OPS,
        orders=orders,
        clock=a_clock(),
    )


def freed(orders: MemoryOrders) -> Order:
    note = a_note("clinic called", actor=OPS, clock=a_clock(), about="let_go")
    return let_go(RX, note=note, expected_revision=None, actor=OPS, orders=orders, clock=a_clock())


def test_no_stage_begins_on_a_held_prescription() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    held(orders)
    assert own(work(), orders=orders, clock=a_clock()) is None
    wait = opening(WaitName.DISPENSE)
    outcome = open_wait(wait, orders=orders, machine=machine, clock=a_clock())
    assert (outcome, machine.answers["token-1"][0]) == (SUPERSEDED, "Superseded")


def test_a_stage_at_work_does_not_overwrite_the_hold() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.DELIVERED, owner=EXECUTION)
    at_work = own(work(), orders=orders, clock=a_clock())
    assert at_work is not None
    held(orders)
    with pytest.raises(VersionConflict):
        orders.save(at_work.moved(Status.COMPLETED, at=NOON))
    assert complete(work(), orders=orders, clock=a_clock()) == SUPERSEDED


def test_it_goes_on_at_the_stage_where_it_was_stopped_with_a_new_run() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    held(orders)
    after = freed(orders)
    assert (after.hold, after.run, after.owner) == (None, 2, None)
    assert orders.events[-1].data.resume_at == "AwaitDispense"
    assert own(work(), orders=orders, clock=a_clock()) is None
    assert own(work(run=2, execution="two"), orders=orders, clock=a_clock()) is not None


def test_a_wait_goes_on_where_it_was() -> None:
    orders = MemoryOrders()
    wait = a_wait(WaitName.ENROLLMENT)
    stored(orders, status=Status.AWAITING_ENROLLMENT, owner=EXECUTION, wait=wait)
    held(orders)
    after = freed(orders)
    assert (after.run, after.owner, after.wait) == (1, EXECUTION, wait)
    assert published(orders) == []


def test_what_the_patient_does_meanwhile_is_kept_and_goes_on_later() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    wait = a_wait(WaitName.ENROLLMENT)
    stored(orders, status=Status.AWAITING_ENROLLMENT, owner=EXECUTION, wait=wait)
    before = held(orders)
    after = before.moved(Status.AWAITING_ROUTING, at=NOON)
    event = record(EnrollmentCompleted, after, before=before, clock=a_clock())
    orders.save(after, events=[event])
    assert wake(event, orders=orders, machine=machine)
    assert own(work(), orders=orders, clock=a_clock()) is None
    assert freed(orders).status is Status.AWAITING_ROUTING
    assert orders.events[-1].data.resume_at == "Route"


def test_reconcile_leaves_the_held_alone_and_finds_a_wait_that_ended_meanwhile() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    wait = a_wait(WaitName.PAYMENT)
    stored(orders, status=Status.AWAITING_PAYMENT, owner=EXECUTION, wait=wait)
    held(orders)
    machine.dead.add(EXECUTION)
    clock.advance(timedelta(days=8))
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0
    freed(orders)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 1
    assert orders.events[-1].data.resume_at == "AwaitPayment"


def test_one_that_rests_with_people_is_only_marked() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.CLAIM_REJECTED)
    held(orders)
    after = freed(orders)
    assert (after.status, after.run, published(orders)) == (Status.CLAIM_REJECTED, 1, [])


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_what_has_ended_cannot_be_held(status: Status) -> None:
    orders = MemoryOrders()
    stored(orders, status=status)
    with pytest.raises(Conflict, match=r"hold\.ended"):
        held(orders)


def test_cancelling_ends_the_hold() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID)
    held(orders)
    cancelled = cancel(RX, reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert (cancelled.status, cancelled.hold) == (Status.CANCELLED, None)


@pytest.mark.parametrize("reason", ["ops", "fraud"])
def test_what_is_held_is_not_held_again_and_whoever_tries_is_told(reason: str) -> None:
    orders = MemoryOrders()
    order = stored(orders, status=Status.PAID)
    first = held(orders, revision=order.revision)
    with pytest.raises(StaleRevision):
        held(orders, reason=reason, revision=order.revision)
    with pytest.raises(Conflict, match=r"hold\.held"):
        held(orders, reason=reason, revision=first.revision)
    assert (orders.get(RX), len(orders.documents(RX, Note))) == (first, 1)
    freed(orders)
    with pytest.raises(Conflict, match=r"hold\.none"):
        freed(orders)


def test_a_failed_one_on_hold_is_redriven_only_when_it_was_let_go() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    gone = Breakdown(prescription_id=RX, run=1, execution=EXECUTION, step="AwaitDispense")
    record_failure(gone, orders=orders, clock=a_clock())
    held(orders)
    with pytest.raises(Conflict, match=r"order\.on_hold"):
        redrive(RX, expected_revision=None, actor=OPS, orders=orders, clock=a_clock())
    freed(orders)
    again = redrive(RX, expected_revision=None, actor=OPS, orders=orders, clock=a_clock())
    assert again.status is Status.PAID


def test_both_reasons_are_kept_as_notes() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID)
    held(orders)
    freed(orders)
    notes = orders.documents(RX, Note)
    assert {(note.about, note.by) for note in notes} == {("hold", "usr_ops"), ("let_go", "usr_ops")}


def test_of_two_who_take_it_at_once_the_second_is_told() -> None:
    orders = MemoryOrders()
    stored(orders)

    def take(who: str | None, taken_from: str | None) -> Order:
        return assign(RX, who, taken_from=taken_from, orders=orders, clock=a_clock())

    assert take("ann", None).assignee == "ann"
    assert take("ann", None).version == orders.get(RX).version
    with pytest.raises(Conflict, match=r"assignment\.taken"):
        take("bob", None)
    assert take("bob", "ann").assignee == "bob"
    assert take(None, "bob").assignee is None


def test_notes_are_as_many_as_anybody_reads() -> None:
    orders = MemoryOrders()
    stored(orders)
    for number in range(NOTES_MAX):
        add_note(RX, f"note {number}", actor=OPS, orders=orders, clock=a_clock())
    with pytest.raises(Conflict, match=r"note\.too_many"):
        add_note(RX, "one more", actor=OPS, orders=orders, clock=a_clock())
