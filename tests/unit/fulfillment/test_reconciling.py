"""After a crash every open prescription gets a new execution, and only those."""

from datetime import timedelta

from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.machine.reconciling import reconcile
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, a_clock, stored


def test_a_dead_owner_is_replaced_at_the_stage_of_the_status() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    machine.dead.add(EXECUTION)
    stored(orders, status=Status.AWAITING_PAYMENT, owner=EXECUTION)
    assert reconcile(orders=orders, machine=machine, clock=a_clock()) == 1
    assert orders.events[-1].data.resume_at == "AwaitPayment"


def test_while_all_is_well_nothing_changes() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.AWAITING_PAYMENT, owner=EXECUTION)
    stored(orders, id="rx_02", status=Status.RECEIVED)
    assert reconcile(orders=orders, machine=machine, clock=a_clock()) == 0
    assert orders.events == []


def test_a_start_that_was_lost_is_made_good_after_the_grace() -> None:
    orders, clock = MemoryOrders(), a_clock()
    stored(orders, status=Status.RECEIVED)
    clock.advance(timedelta(minutes=3))
    assert reconcile(orders=orders, machine=MemoryMachine(), clock=clock) == 1


def test_what_rests_with_people_is_left_to_them() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    machine.dead.add(EXECUTION)
    for number, status in enumerate((Status.VALIDATION_ISSUE, Status.FAILED, Status.CANCELLED)):
        stored(orders, id=f"rx_{number}", status=status, owner=EXECUTION)
    assert reconcile(orders=orders, machine=machine, clock=a_clock()) == 0


def test_it_works_through_more_than_one_page() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    machine.dead.add(EXECUTION)
    for number in range(130):
        owner = EXECUTION if number < 10 else "alive"
        stored(orders, id=f"rx_{number:03}", status=Status.SHIPPED, owner=owner)
    assert reconcile(orders=orders, machine=machine, clock=a_clock()) == 10
