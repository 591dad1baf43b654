"""A stage that gives up leaves a record; a redrive starts at that stage."""

import pytest
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Failure
from pharmonico.fulfillment.machine.failing import record_failure, redrive
from pharmonico.fulfillment.machine.work import Breakdown
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

from tests.builders import EXECUTION, a_clock, published, stored

OPS = Actor(id="usr_ops", role="ops")


def breakdown(**changes: str | int) -> Breakdown:
    facts = {"prescription_id": "rx_01TEST", "run": 1, "execution": EXECUTION, "step": "Adjudicate"}
    return Breakdown.model_validate({**facts, "error": "Unavailable", **changes})


def test_the_record_says_which_step_failed_and_the_order_rests_as_failed() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    record_failure(breakdown(), orders=orders, clock=a_clock())
    order = orders.get("rx_01TEST")
    assert (order.status, order.failed_from, order.failure_step) == (
        Status.FAILED,
        Status.PHARMACY_SELECTED,
        "Adjudicate",
    )
    assert orders.documents(order.id, Failure)[0].error == "Unavailable"
    assert published(orders) == ["prescription_failed"]


def test_recording_the_same_failure_twice_records_it_once() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    for _ in range(2):
        record_failure(breakdown(), orders=orders, clock=a_clock())
    assert orders.documents("rx_01TEST", Failure)[0].count == 1


def test_a_redrive_restores_the_status_and_asks_for_a_new_execution() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    record_failure(breakdown(), orders=orders, clock=a_clock())
    failed = orders.get("rx_01TEST")
    after = redrive(
        failed.id, expected_revision=failed.revision, actor=OPS, orders=orders, clock=a_clock()
    )
    assert (after.status, after.run, after.owner) == (Status.PHARMACY_SELECTED, 2, None)
    assert orders.events[-1].data.resume_at == "Adjudicate"
    assert orders.documents(failed.id, Failure)[0].redriven_at is not None


def test_a_failure_that_comes_back_is_counted_on_the_same_record() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    record_failure(breakdown(), orders=orders, clock=a_clock())
    failed = orders.get("rx_01TEST")
    redrive(failed.id, expected_revision=failed.revision, actor=OPS, orders=orders, clock=a_clock())
    record_failure(breakdown(run=2, execution="next"), orders=orders, clock=a_clock())
    (failure,) = orders.documents(failed.id, Failure)
    assert (failure.count, failure.redriven_at) == (2, None)


def test_the_breakdown_of_an_execution_that_lost_its_prescription_says_nothing() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PHARMACY_SELECTED, run=2)
    outcome = record_failure(breakdown(), orders=orders, clock=a_clock())
    assert outcome.outcome == "superseded"
    assert orders.get("rx_01TEST").status is Status.PHARMACY_SELECTED


def test_a_failed_compensation_stays_cancelled_and_is_redriven_as_one() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.CANCELLED)
    record_failure(
        breakdown(step="RefundPayment", machine="cancellation"), orders=orders, clock=a_clock()
    )
    order = orders.get("rx_01TEST")
    redrive(order.id, expected_revision=order.revision, actor=OPS, orders=orders, clock=a_clock())
    assert orders.get("rx_01TEST").status is Status.CANCELLED
    assert published(orders) == ["prescription_failed", "compensation_resumed"]


def test_without_a_failure_there_is_nothing_to_redrive() -> None:
    orders = MemoryOrders()
    order = stored(orders)
    with pytest.raises(Conflict, match="no failure"):
        redrive(order.id, expected_revision=1, actor=OPS, orders=orders, clock=a_clock())
