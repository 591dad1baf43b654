"""Cancelling: the state first, then the execution."""

import pytest
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.cancellation import cancel, release_wait
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import StaleRevision

from tests.builders import EXECUTION, NOON, a_clock, a_wait, published, stored, work

OPS = Actor(id="usr_ops", role="ops")


def test_cancelling_twice_is_cancelling_once() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID)
    for _ in range(2):
        cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert orders.get("rx_01TEST").status is Status.CANCELLED
    assert published(orders) == ["prescription_cancelled"]


def test_after_the_first_scan_it_is_too_late() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.IN_TRANSIT)
    with pytest.raises(IllegalMove):
        cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert published(orders) == []


@pytest.mark.parametrize(
    ("failed_from", "scan"),
    [(Status.DELIVERED, "DELIVERED"), (Status.IN_TRANSIT, "TRANSIT"), (Status.SHIPPED, "TRANSIT")],
)
def test_a_failure_does_not_reopen_what_the_carrier_has(failed_from: Status, scan: str) -> None:
    orders = MemoryOrders()
    tracking = Tracking(carrier="usps", number="92001", status=scan)
    stored(orders, status=Status.FAILED, failed_from=failed_from, tracking=tracking)
    with pytest.raises(IllegalMove):
        cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert published(orders) == []


def test_what_failed_before_the_first_scan_is_cancelled_and_has_no_failure_left() -> None:
    orders = MemoryOrders()
    tracking = Tracking(carrier="usps", number="92001")
    failure = {"failed_from": Status.SHIPPED, "failure_step": "AwaitDelivery"}
    stored(orders, status=Status.FAILED, tracking=tracking, **failure)
    order = cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=a_clock())
    assert (order.status, order.failed_from, order.failure_step) == (Status.CANCELLED, None, None)


def test_a_clerk_who_decided_on_an_older_version_is_refused() -> None:
    orders = MemoryOrders()
    order = stored(orders, status=Status.PAID)
    orders.save(order.moved(Status.AWAITING_DISPENSE, at=NOON))
    with pytest.raises(StaleRevision):
        cancel(
            order.id,
            reason="ops",
            actor=OPS,
            orders=orders,
            clock=a_clock(),
            expected_revision=order.revision,
        )


def test_the_open_wait_fails_by_name_and_the_execution_stops() -> None:
    orders, machine = MemoryOrders(), MemoryMachine()
    stored(
        orders,
        status=Status.CANCELLED,
        owner=EXECUTION,
        wait=a_wait(WaitName.SELECTION),
    )
    release_wait(work(), orders=orders, machine=machine)
    release_wait(work(), orders=orders, machine=machine)
    assert machine.answers["token-1"][0] == "Cancelled"
    assert set(machine.stopped) == {EXECUTION}
