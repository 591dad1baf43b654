"""A wait that runs out rests the prescription where people look for it."""

import pytest
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.machine.expiring import expire_wait
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.machine.work import SUPERSEDED, Expiry
from pharmonico.fulfillment.order import Hold
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, NOON, a_clock, a_wait, published, stored

CASES = [
    (WaitName.ENROLLMENT, Status.AWAITING_ENROLLMENT, Status.ENROLLMENT_EXPIRED),
    (WaitName.SELECTION, Status.AWAITING_PHARMACY_SELECTION, Status.NO_PHARMACY),
    (WaitName.PAYMENT, Status.AWAITING_PAYMENT, Status.PAYMENT_EXPIRED),
    (WaitName.DISPENSE, Status.AWAITING_DISPENSE, Status.FAILED),
    (WaitName.DELIVERY, Status.IN_TRANSIT, Status.DELIVERY_EXCEPTION),
]


def expiry(wait: WaitName) -> Expiry:
    return Expiry(prescription_id="rx_01TEST", run=1, execution=EXECUTION, wait=wait)


@pytest.mark.parametrize(("wait", "status", "rests_as"), CASES)
def test_every_wait_has_its_resting_place(wait: WaitName, status: Status, rests_as: Status) -> None:
    orders = MemoryOrders()
    stored(orders, status=status, owner=EXECUTION, wait=a_wait(wait))
    expire_wait(expiry(wait), orders=orders, clock=a_clock())
    order = orders.get("rx_01TEST")
    assert (order.status, order.wait) == (rests_as, None)
    assert len(orders.events) == 1


@pytest.mark.parametrize(("wait", "status", "rests_as"), CASES)
def test_claims_are_taken_back_when_payment_or_dispensing_never_came(
    wait: WaitName, status: Status, rests_as: Status
) -> None:
    orders = MemoryOrders()
    stored(orders, status=status, owner=EXECUTION, wait=a_wait(wait))
    for key, claim_status in (("1", "paid"), ("2", "rejected")):
        facts = {"claim_id": "clm_1", "rx_number": "1", "date_of_service": "20260915"}
        claim = Claim(key=key, bin="610000", pcn="", status=claim_status, **facts)
        orders.put_document("rx_01TEST", claim)
    expire_wait(expiry(wait), orders=orders, clock=a_clock())
    undone = rests_as in (Status.PAYMENT_EXPIRED, Status.FAILED)
    claims = orders.documents("rx_01TEST", Claim)
    assert [each.status for each in claims] == ["reversing" if undone else "paid", "rejected"]


@pytest.mark.parametrize(("wait", "status", "rests_as"), CASES)
def test_a_hold_keeps_no_money_of_a_plan(wait: WaitName, status: Status, rests_as: Status) -> None:
    orders = MemoryOrders()
    hold = Hold(reason="ops", by="usr_ops", at=NOON)
    stored(orders, status=status, owner=EXECUTION, wait=a_wait(wait), hold=hold)
    facts = {"claim_id": "clm_1", "rx_number": "1", "date_of_service": "20260915"}
    orders.put_document("rx_01TEST", Claim(bin="610000", pcn="", status="paid", **facts))
    expire_wait(expiry(wait), orders=orders, clock=a_clock())
    is_billed = rests_as in (Status.PAYMENT_EXPIRED, Status.FAILED)
    order, claim = orders.get("rx_01TEST"), orders.document("rx_01TEST", Claim)
    assert order.hold == hold
    assert order.status == (rests_as if is_billed else status)
    assert claim is not None
    assert claim.status == ("reversing" if is_billed else "paid")


def test_what_was_paid_at_the_last_moment_stays_on_hold() -> None:
    orders = MemoryOrders()
    facts = {"owner": EXECUTION, "wait": a_wait(WaitName.PAYMENT)}
    stored(orders, status=Status.PAID, hold=Hold(reason="ops", by="usr_ops", at=NOON), **facts)
    assert expire_wait(expiry(WaitName.PAYMENT), orders=orders, clock=a_clock()) == SUPERSEDED
    assert published(orders) == []


def test_a_payment_in_the_last_second_counts() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.PAID, owner=EXECUTION, wait=a_wait(WaitName.PAYMENT))
    outcome = expire_wait(expiry(WaitName.PAYMENT), orders=orders, clock=a_clock())
    assert outcome.outcome == "resumed"
    assert orders.get("rx_01TEST").status is Status.PAID
    assert published(orders) == ["prescription_resumed"]


def test_a_wait_that_never_began_begins_anew() -> None:
    orders = MemoryOrders()
    stored(orders, status=Status.RECEIVED, owner=EXECUTION)
    assert expire_wait(expiry(WaitName.ENROLLMENT), orders=orders, clock=a_clock()).outcome == (
        "resumed"
    )
    assert (orders.get("rx_01TEST").run, orders.events[-1].data.resume_at) == (2, "Validate")
