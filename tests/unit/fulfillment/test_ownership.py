"""One execution owns a prescription."""

from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.machine.ownership import own, resume
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, a_clock, stored, work


def test_the_first_execution_claims_and_keeps_it() -> None:
    orders = MemoryOrders()
    stored(orders)
    first = own(work(), orders=orders, clock=a_clock())
    again = own(work(), orders=orders, clock=a_clock())
    assert first is not None
    assert again == first
    assert first.owner == EXECUTION


def test_a_second_execution_of_the_same_run_gets_nothing() -> None:
    orders = MemoryOrders()
    stored(orders)
    own(work(), orders=orders, clock=a_clock())
    assert own(work(execution="another"), orders=orders, clock=a_clock()) is None


def test_a_resumed_prescription_belongs_to_the_next_run_only() -> None:
    orders = MemoryOrders()
    order = stored(orders, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    resumed, event = resume(order, actor=SYSTEM, clock=a_clock())
    orders.save(resumed, events=[event])
    assert own(work(), orders=orders, clock=a_clock()) is None
    assert own(work(run=2, execution="next"), orders=orders, clock=a_clock()) is not None
    assert event.data.resume_at == "Adjudicate"


def test_a_cancelled_prescription_is_held_by_nobody() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.CANCELLED, owner=EXECUTION)
    assert own(work(), orders=orders, clock=a_clock()) is None
