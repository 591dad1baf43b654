"""Dispensing at once, or waiting for the pharmacist."""

from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.dispensing.papers import Dispensing
from pharmonico.fulfillment.dispensing.stage import open_dispensing
from pharmonico.fulfillment.machine.completing import complete
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, a_clock, opening, published, stored, work


def dispense(orders: MemoryOrders, machine: MemoryMachine, *, automatic: bool) -> str:
    return open_dispensing(
        opening(WaitName.DISPENSE),
        automatic=automatic,
        orders=orders,
        machine=machine,
        clock=a_clock(),
    ).outcome


def test_automatic_dispensing_happens_once_and_says_so() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    assert [dispense(orders, machine, automatic=True) for _ in range(2)] == ["answered"] * 2
    (paper,) = orders.documents("rx_01TEST", Dispensing)
    assert paper.automatic
    assert published(orders) == ["prescription_dispensed"]


def test_a_crash_between_queueing_and_dispensing_is_taken_up() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.AWAITING_DISPENSE, owner=EXECUTION)
    assert dispense(orders, machine, automatic=True) == "answered"
    assert orders.get("rx_01TEST").status is Status.DISPENSED


def test_manual_dispensing_waits_for_the_pharmacist() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    assert dispense(orders, machine, automatic=False) == "waiting"
    order = orders.get("rx_01TEST")
    assert order.status is Status.AWAITING_DISPENSE
    assert order.wait is not None
    assert machine.answers == {}


def test_completing_twice_completes_once() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.DELIVERED, owner=EXECUTION)
    outcomes = [complete(work(), orders=orders, clock=a_clock()).outcome for _ in range(2)]
    assert outcomes == ["completed", "completed"]
    assert published(orders) == ["prescription_completed"]
