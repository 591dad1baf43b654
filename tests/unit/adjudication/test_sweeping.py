"""What the queue gave up on is taken back all the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.adjudication.papers import Claim, marked
from pharmonico.fulfillment.adjudication.sweeping import HORIZON, QUIET, RESTS_UNBILLED, sweep
from pharmonico.fulfillment.status import TERMINAL, Status

from tests.billing import PAID, adjudicated, rejects, says, selected, the_claim
from tests.builders import a_clock, published, stored
from tests.prescribing import the_order

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.kit.clock import FixedClock

TAKEN = says(Answer(status="A"))
REFUSED = rejects("85")


def marked_at(status: Status = Status.NO_PHARMACY) -> MemoryOrders:
    """Billed, then given up: it rests with its claim marked."""
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    order = the_order(orders)
    rests = order.model_copy(update={"status": status, "owner": None, "wait": None})
    orders.save(rests, documents=marked(order.id, orders=orders))
    return orders


def later(by: timedelta = QUIET) -> FixedClock:
    clock = a_clock()
    clock.advance(by)
    return clock


def another(orders: MemoryOrders, order_id: str) -> None:
    """One more with the same claim, a copy of the first's."""
    claim = the_claim(orders)
    stored(orders, id=order_id, status=Status.NO_PHARMACY, claim_id=claim.claim_id)
    orders.put_document(order_id, claim.model_copy(update={"version": 0}))


@pytest.mark.parametrize("status", sorted(RESTS_UNBILLED))
def test_a_claim_that_is_still_marked_is_taken_back_once(status: Status) -> None:
    orders, payer = marked_at(status), MemoryPayer(TAKEN)
    assert [sweep(orders=orders, payer=payer, clock=later()) for _ in range(2)] == [1, 0]
    assert the_claim(orders).status == "reversed"
    assert published(orders)[-1] == "claim_reversed"


def test_the_queue_is_left_its_time() -> None:
    payer = MemoryPayer()
    almost = later(QUIET - timedelta(seconds=1))
    assert sweep(orders=marked_at(), payer=payer, clock=almost) == 0
    assert payer.sent == []


def test_what_is_older_than_payers_take_back_is_left_alone() -> None:
    payer = MemoryPayer()
    clock = later(HORIZON + timedelta(days=1))
    assert sweep(orders=marked_at(), payer=payer, clock=clock) == 0
    assert payer.sent == []


def test_one_that_the_payer_refuses_does_not_stop_the_others() -> None:
    orders = marked_at()
    another(orders, "rx_02")
    assert sweep(orders=orders, payer=MemoryPayer(REFUSED, TAKEN), clock=later()) == 1
    statuses = {orders.documents(each, Claim)[0].status for each in ("rx_01TEST", "rx_02")}
    assert statuses == {"reversing", "reversed"}


def test_while_the_payer_is_silent_it_is_asked_once_a_turn() -> None:
    orders, payer = marked_at(), MemoryPayer(None)
    another(orders, "rx_02")
    assert sweep(orders=orders, payer=payer, clock=later()) == 0
    assert len(payer.sent) == 1


def test_a_turn_asks_about_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pharmonico.fulfillment.adjudication.sweeping.SWEPT_MAX", 2)
    orders, payer = marked_at(), MemoryPayer(*[REFUSED] * 3)
    for name in ("rx_02", "rx_03"):
        another(orders, name)
    sweep(orders=orders, payer=payer, clock=later())
    assert len(payer.sent) == 2


def test_a_claim_nobody_marked_stays() -> None:
    orders, payer = selected(), MemoryPayer(says(PAID))
    adjudicated(orders, payer)
    order = the_order(orders)
    orders.save(order.model_copy(update={"status": Status.PAYMENT_EXPIRED, "owner": None}))
    assert sweep(orders=orders, payer=payer, clock=later()) == 0
    assert (the_claim(orders).status, len(payer.sent)) == ("paid", 1)


def test_what_is_billed_or_over_is_not_looked_at() -> None:
    billing = {Status.PHARMACY_SELECTED, Status.ADJUDICATED, Status.PAID}
    assert not RESTS_UNBILLED & (TERMINAL | billing)
