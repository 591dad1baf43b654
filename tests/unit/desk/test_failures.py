"""Open failures: what stopped where, in whose words, after what; and settling one by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.desk import failures
from pharmonico.fulfillment.desk.failures import (
    grouped,
    keep,
    open_failures,
    plain_cause,
    resolve,
)
from pharmonico.fulfillment.desk.notes import a_note
from pharmonico.fulfillment.desk.papers import Note
from pharmonico.fulfillment.documents import Failure, Payment
from pharmonico.fulfillment.machine.expiring import expire_wait
from pharmonico.fulfillment.machine.failing import record_failure, redrive
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import Breakdown, Expiry
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, StaleRevision
from pharmonico.kit.money import Money

from tests.builders import EXECUTION, NOON, a_clock, stored
from tests.unit.ops_api.test_claims import CLAIM

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

OPS = Actor(id="usr_ops", role="ops")
SILENT = json.dumps(
    {"errorMessage": "payer.silent: The payer does not answer.", "errorType": "Unavailable"}
)


def broken(orders: MemoryOrders, order_id: str, step: str = "Adjudicate", **facts: Any) -> Order:
    facts = {"machine": "fulfillment", "error": "Unavailable", "cause": SILENT, **facts}
    work = Breakdown(prescription_id=order_id, run=1, execution=EXECUTION, step=step, **facts)
    record_failure(work, orders=orders, clock=a_clock())
    return orders.get(order_id)


def a_broken(orders: MemoryOrders, order_id: str, step: str = "Adjudicate", **facts: Any) -> Order:
    stored(orders, id=order_id, status=Status.PHARMACY_SELECTED, owner=EXECUTION)
    return broken(orders, order_id, step, **facts)


def shown(orders: MemoryOrders, *order_ids: str) -> MemoryDesk:
    desk = MemoryDesk()
    for each in order_ids:
        keep(each, orders=orders, failures=desk)
    return desk


def settled(orders: MemoryOrders, order: Order, *acknowledged: str) -> Order:
    return resolve(
        order.id,
        note=a_note("settled by phone", actor=OPS, clock=a_clock(), about="resolve"),
        acknowledged=frozenset(acknowledged),
        expected_revision=order.revision,
        orders=orders,
        clock=a_clock(),
    )


@pytest.mark.parametrize(
    ("error", "cause", "expected"),
    [
        ("Unavailable", SILENT, ("payer.silent", "The payer does not answer.")),
        ("StageError", "Unavailable: payer.silent", ("payer.silent", "")),
        ("StageError", "KeyError: ", ("StageError", "")),
        (
            "Runtime.HandlerError",
            json.dumps({"errorMessage": "ClientError Throttling at adapters/x/y.py:7 put < a"}),
            ("ClientError Throttling", ""),
        ),
        ("States.Timeout", "", ("States.Timeout", "")),
        ("Odd", json.dumps(["Jordan Doe"]), ("Odd", "")),
        ("", "Jordan Doe at home", ("unknown", "")),
    ],
)
def test_a_cause_is_told_by_our_own_code_or_by_its_class(
    error: str, cause: str, expected: tuple[str, str]
) -> None:
    paper = Failure(
        step="Ship",
        machine="fulfillment",
        error=error,
        cause=cause,
        status="paid",
        run=1,
        first_seen=NOON,
        last_seen=NOON,
    )
    assert plain_cause(paper) == expected


def test_failures_are_grouped_by_step_and_code_the_largest_group_first() -> None:
    orders = MemoryOrders()
    for number in range(3):
        a_broken(orders, f"rx_{number}")
    a_broken(orders, "rx_7", "Ship", error="States.Timeout", cause="")
    desk = shown(orders, "rx_0", "rx_1", "rx_2", "rx_7")
    groups = grouped(open_failures(orders=orders, failures=desk))
    assert [(each.step, each.code, len(each.failures)) for each in groups] == [
        ("Adjudicate", "payer.silent", 3),
        ("Ship", "States.Timeout", 1),
    ]
    assert groups[0].words == "The payer does not answer."
    assert groups[1].words == "The step took longer than it may."
    assert groups[0].first_seen == groups[0].last_seen == NOON


def test_a_failure_tells_what_had_been_done_by_then() -> None:
    orders = MemoryOrders()
    order = a_broken(orders, "rx_1", "Ship")
    orders.put_document(order.id, CLAIM.model_copy(update={"status": "paid"}))
    taken = Payment(
        payment_id="pay_1", attempt=1, amount=Money(amount_minor=100), payment_intent="pi_1"
    )
    orders.put_document(order.id, taken)
    (row,) = open_failures(orders=orders, failures=shown(orders, order.id))
    assert row.effects == ("claim_paid", "payment_taken")
    refunded = orders.documents(order.id, Payment)[0].model_copy(update={"refund_id": "re_1"})
    orders.put_document(order.id, refunded)
    (row,) = open_failures(orders=orders, failures=shown(orders, order.id))
    assert row.effects == ("claim_paid", "payment_refunded")


def test_what_was_redriven_is_gone_at_once_though_nobody_took_it_away() -> None:
    orders = MemoryOrders()
    order = a_broken(orders, "rx_1")
    desk = shown(orders, order.id)
    redrive(order.id, expected_revision=None, actor=OPS, orders=orders, clock=a_clock())
    assert len(desk.open(limit=10)) == 1
    assert open_failures(orders=orders, failures=desk) == ()
    keep(order.id, orders=orders, failures=desk)
    assert desk.open(limit=10) == ()


def test_nothing_dispensed_in_time_is_a_failure_too() -> None:
    orders = MemoryOrders()
    stored(orders, id="rx_1", status=Status.AWAITING_DISPENSE, owner=EXECUTION)
    late = Expiry(prescription_id="rx_1", run=1, execution=EXECUTION, wait=WaitName.DISPENSE)
    expire_wait(late, orders=orders, clock=a_clock())
    (row,) = open_failures(orders=orders, failures=shown(orders, "rx_1"))
    assert (row.step, row.code) == ("AwaitDispense", "dispense_expired")
    assert "14 days" in row.words


def test_a_failure_is_settled_with_a_note_and_its_record_stays() -> None:
    orders = MemoryOrders()
    order = a_broken(orders, "rx_1")
    desk = shown(orders, order.id)
    after = settled(orders, order)
    assert (after.status, after.failure_step) == (Status.FAILED, None)
    assert open_failures(orders=orders, failures=desk) == ()
    (paper,) = orders.documents(order.id, Failure)
    assert (paper.resolved_by, paper.resolution) == ("usr_ops", "settled by phone")
    assert [note.about for note in orders.documents(order.id, Note)] == ["resolve"]
    with pytest.raises(Conflict, match=r"failure\.none"):
        settled(orders, after)


def test_what_was_settled_may_be_redriven_all_the_same() -> None:
    orders = MemoryOrders()
    after = settled(orders, a_broken(orders, "rx_1"))
    again = redrive(
        "rx_1", expected_revision=after.revision, actor=OPS, orders=orders, clock=a_clock()
    )
    assert again.status is Status.PHARMACY_SELECTED


def test_one_who_read_an_older_state_settles_nothing() -> None:
    orders = MemoryOrders()
    order = a_broken(orders, "rx_1")
    with pytest.raises(StaleRevision):
        settled(orders, order.model_copy(update={"revision": order.revision - 1}))


def test_a_cancelled_one_is_settled_only_by_naming_what_was_not_undone() -> None:
    orders = MemoryOrders()
    stored(orders, id="rx_1", status=Status.ADJUDICATED)
    orders.put_document("rx_1", CLAIM.model_copy(update={"status": "paid"}))
    cancel("rx_1", reason="ops", actor=OPS, orders=orders, clock=a_clock())
    order = broken(orders, "rx_1", "ReverseClaim", machine="cancellation")
    (row,) = open_failures(orders=orders, failures=shown(orders, "rx_1"))
    assert (row.machine, row.effects) == ("cancellation", ("claim_paid",))
    with pytest.raises(Conflict, match=r"failure\.not_acknowledged"):
        settled(orders, order)
    after = settled(orders, order, "claim_paid")
    assert (after.status, after.undo_due, after.failure_step) == (Status.CANCELLED, False, None)


def test_an_older_state_never_replaces_a_newer() -> None:
    orders, desk = MemoryOrders(), MemoryDesk()
    order = a_broken(orders, "rx_1")
    newer = failures.failure_of(order, orders=orders)
    assert newer is not None
    desk.put(newer)
    desk.close("rx_1", version=order.version - 1)
    desk.put(newer.model_copy(update={"version": order.version - 1, "step": "Route"}))
    assert [row.step for row in desk.open(limit=10)] == ["Adjudicate"]


def test_a_failure_that_comes_back_is_counted() -> None:
    orders, clock = MemoryOrders(), a_clock()
    order = a_broken(orders, "rx_1")
    again = redrive(order.id, expected_revision=None, actor=OPS, orders=orders, clock=clock)
    clock.advance(timedelta(hours=1))
    work = Breakdown(
        prescription_id="rx_1", run=again.run, execution=EXECUTION, step="Adjudicate", cause=SILENT
    )
    record_failure(work, orders=orders, clock=clock)
    (row,) = open_failures(orders=orders, failures=shown(orders, "rx_1"))
    assert (row.count, row.last_seen - row.first_seen) == (2, timedelta(hours=1))
