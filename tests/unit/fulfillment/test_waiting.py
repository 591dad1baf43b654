"""Both sides of a wait meet on the order, in whatever order they arrive."""

import pytest
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.fulfillment import EnrollmentCompleted, PharmacySelected
from pharmonico.fulfillment.machine.waiting import open_wait, wake
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, a_clock, a_wait, opening, stored


def test_the_opener_leaves_the_token_with_the_order() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.VALIDATED)
    outcome = open_wait(
        opening(WaitName.ENROLLMENT), orders=orders, machine=machine, clock=a_clock()
    )
    kept = orders.get("rx_01TEST")
    assert outcome.outcome == "waiting"
    assert kept.wait is not None
    assert (kept.wait.token, kept.wait.run, kept.owner) == ("token-1", 1, EXECUTION)
    assert machine.answers == {}


def test_what_happened_before_the_token_came_is_answered_at_once() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.AWAITING_ROUTING, owner=EXECUTION)
    open_wait(opening(WaitName.ENROLLMENT), orders=orders, machine=machine, clock=a_clock())
    assert machine.answers == {"token-1": {"status": "awaiting_routing"}}


def test_an_execution_that_lost_the_prescription_is_told_so() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.VALIDATED, run=2)
    open_wait(opening(WaitName.ENROLLMENT), orders=orders, machine=machine, clock=a_clock())
    assert machine.answers["token-1"][0] == "Superseded"


@pytest.mark.parametrize(
    ("wait", "status"),
    [
        (WaitName.ENROLLMENT, Status.VALIDATION_ISSUE),
        (WaitName.SELECTION, Status.NO_PHARMACY),
        (WaitName.PAYMENT, Status.CLAIM_REJECTED),
    ],
)
def test_what_the_stage_before_held_is_waited_for_by_nobody(wait: WaitName, status: Status) -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    held = stored(orders, status=status, owner=EXECUTION)
    open_wait(opening(wait), orders=orders, machine=machine, clock=a_clock())
    assert machine.answers["token-1"][0] == "Superseded"
    assert orders.get(held.id) == held


def test_the_awaited_event_wakes_the_machine_once() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    order = stored(
        orders, status=Status.AWAITING_ROUTING, owner=EXECUTION, wait=a_wait(WaitName.ENROLLMENT)
    )
    event = record(EnrollmentCompleted, order, before=order, clock=a_clock())
    assert wake(event, orders=orders, machine=machine)
    assert not wake(event, orders=orders, machine=machine)


def test_a_late_event_of_an_earlier_wait_answers_nothing() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    order = stored(
        orders,
        status=Status.AWAITING_PHARMACY_SELECTION,
        owner=EXECUTION,
        wait=a_wait(WaitName.SELECTION),
    )
    late = record(EnrollmentCompleted, order, before=order, clock=a_clock())
    assert not wake(late, orders=orders, machine=machine)
    assert machine.answers == {}


def test_an_event_of_an_earlier_run_answers_nothing() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    order = stored(
        orders,
        status=Status.PHARMACY_SELECTED,
        run=2,
        owner=EXECUTION,
        wait=a_wait(WaitName.SELECTION, run=2),
    )
    earlier = order.model_copy(update={"run": 1})
    event = record(PharmacySelected, earlier, before=order, clock=a_clock())
    assert not wake(event, orders=orders, machine=machine)


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (Status.VALIDATED, True),
        (Status.AWAITING_ENROLLMENT, True),
        (Status.AWAITING_ROUTING, False),
        (Status.CANCELLED, False),
        (Status.FAILED, False),
    ],
)
def test_the_status_tells_whether_a_kept_wait_is_still_open(status: Status, is_open: bool) -> None:
    assert a_wait(WaitName.ENROLLMENT).is_open(status) is is_open
