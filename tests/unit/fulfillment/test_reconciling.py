"""After a crash every open prescription gets a new execution, and only those."""

from datetime import timedelta

from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.shipping import MemoryCarriers
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.documents import Failure
from pharmonico.fulfillment.machine.failing import record_failure
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.reconciling import reconcile
from pharmonico.fulfillment.machine.waiting import open_wait
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import Breakdown
from pharmonico.fulfillment.shipping.labels import void_label
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, a_clock, a_wait, opening, published, stored, work

OPS = Actor(id="usr_ops", role="ops")
LONG = timedelta(minutes=16)


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


def test_a_start_that_was_only_late_still_counts() -> None:
    orders, clock = MemoryOrders(), a_clock()
    stored(orders, status=Status.RECEIVED)
    for _ in range(3):
        clock.advance(timedelta(minutes=5))
        assert reconcile(orders=orders, machine=MemoryMachine(), clock=clock) == 1
    claimed = own(work(run=1), orders=orders, clock=clock)
    assert claimed is not None
    assert claimed.owner == EXECUTION
    assert own(work(run=1, execution="another"), orders=orders, clock=clock) is None


def test_an_answer_that_never_reached_the_machine_is_made_good() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    wait = a_wait(WaitName.PAYMENT)
    stored(orders, status=Status.PAID, owner=EXECUTION, wait=wait)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0
    clock.advance(LONG)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 1
    assert orders.events[-1].data.resume_at == "AwaitDispense"
    assert machine.stopped == [EXECUTION]


def test_an_opener_that_died_without_a_word_is_made_good() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    stored(orders, status=Status.AWAITING_PHARMACY_SELECTION, owner=EXECUTION)
    clock.advance(LONG)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 1
    assert orders.events[-1].data.resume_at == "AwaitSelection"


def test_who_waits_for_people_may_be_silent_for_days() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    stored(orders, status=Status.VALIDATED, owner=EXECUTION)
    open_wait(opening(WaitName.ENROLLMENT), orders=orders, machine=machine, clock=clock)
    clock.advance(timedelta(days=6))
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0


def test_a_cancellation_that_was_not_carried_out_is_made_good_until_it_is() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    stored(orders, status=Status.PAID, owner=EXECUTION)
    cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=clock)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0
    for _ in range(2):
        clock.advance(LONG)
        assert reconcile(orders=orders, machine=machine, clock=clock) == 1
    assert published(orders)[1:] == ["compensation_resumed"] * 2
    void_label(work(), orders=orders, carriers=MemoryCarriers(), clock=clock, pause=lambda _: None)
    clock.advance(LONG)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0


def test_a_compensation_that_failed_is_left_to_its_redrive() -> None:
    orders, machine, clock = MemoryOrders(), MemoryMachine(), a_clock()
    stored(orders, status=Status.PAID)
    cancel("rx_01TEST", reason="ops", actor=OPS, orders=orders, clock=clock)
    broken = Breakdown(**work().model_dump(), step="ReverseClaim", machine="cancellation")
    record_failure(broken, orders=orders, clock=clock)
    clock.advance(LONG)
    assert reconcile(orders=orders, machine=machine, clock=clock) == 0
    assert len(orders.documents("rx_01TEST", Failure)) == 1


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
