"""Taking a claim back: once, whether it was paid or never answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.fulfillment.adjudication.papers import marked
from pharmonico.fulfillment.adjudication.reversal import NOTHING, REVERSED
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable, VersionConflict

from tests.billing import PAID, adjudicated, cancel, rejects, says, selected, taken_back, the_claim
from tests.builders import published
from tests.prescribing import the_order

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders
    from pharmonico.fulfillment.order import Order


def test_a_paid_claim_is_reversed_once() -> None:
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    cancel(orders)
    payer = MemoryPayer(says(Answer(status="A")))
    assert [taken_back(orders, payer), taken_back(orders, payer)] == [REVERSED, NOTHING]
    assert (the_claim(orders).status, the_order(orders).status) == ("reversed", Status.CANCELLED)
    assert published(orders) == ["claim_adjudicated", "claim_reversed"]


def test_the_reversal_names_the_same_fill() -> None:
    orders, payer = selected(), MemoryPayer(says(PAID), says(Answer(status="A")))
    adjudicated(orders, payer)
    taken_back(orders, payer)
    billed, reversal = map(ncpdp.parse, payer.sent)
    assert reversal.type == "B2"
    for fact in ("bin", "pcn", "provider_id", "date_of_service"):
        assert getattr(reversal.header, fact) == getattr(billed.header, fact)
    for field in ("D2", "D7", "D3"):
        assert reversal.get("07", field) == billed.get("07", field)


def test_a_claim_without_an_answer_is_reversed_too() -> None:
    orders = selected()
    with pytest.raises(Unavailable):
        adjudicated(orders, MemoryPayer(None))
    cancel(orders)
    assert taken_back(orders, MemoryPayer(rejects("87"))) == REVERSED


def test_a_paid_claim_the_payer_does_not_take_back_is_not_called_reversed() -> None:
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    with pytest.raises(Unavailable) as refused:
        taken_back(orders, MemoryPayer(rejects("87")))
    assert refused.value.code == "payer.reversal_refused"
    assert the_claim(orders).status == "reversing"
    assert taken_back(orders, MemoryPayer(says(Answer(status="A")))) == REVERSED


@pytest.mark.parametrize("before", [None, "70"])
def test_without_an_open_claim_nothing_is_sent(before: str | None) -> None:
    orders, payer = selected(), MemoryPayer()
    if before:
        adjudicated(orders, MemoryPayer(rejects(before)))
    assert taken_back(orders, payer) == NOTHING
    assert payer.sent == []


def test_a_claim_paid_while_the_prescription_was_cancelled_is_taken_back() -> None:
    orders = selected()

    def pays_after_the_cancellation(request: bytes) -> bytes:
        cancel(orders)
        taken_back(orders, MemoryPayer(rejects("87")))
        return says(PAID)(request)

    payer = MemoryPayer(pays_after_the_cancellation, says(Answer(status="A")))
    with pytest.raises(VersionConflict):
        adjudicated(orders, payer)
    assert [ncpdp.parse(request).type for request in payer.sent] == ["B1", "B2"]
    assert (the_claim(orders).status, the_order(orders).status) == ("reversed", Status.CANCELLED)


def change(orders: MemoryOrders) -> None:
    """The prescriber changed the drug: it begins anew, and its claims are marked."""
    order = the_order(orders)
    anew = order.model_copy(update={"status": Status.RECEIVED, "run": order.run + 1, "owner": None})
    orders.save(anew, documents=marked(order.id, orders=orders))


def test_a_claim_paid_after_a_change_had_taken_it_back_is_taken_back_again() -> None:
    orders = selected()

    def pays_after_the_change(request: bytes) -> bytes:
        change(orders)
        taken_back(orders, MemoryPayer(rejects("87")))
        return says(PAID)(request)

    payer = MemoryPayer(pays_after_the_change, says(Answer(status="A")))
    with pytest.raises(VersionConflict):
        adjudicated(orders, payer)
    assert [ncpdp.parse(request).type for request in payer.sent] == ["B1", "B2"]
    assert the_claim(orders).status == "reversed"


def test_a_later_run_that_bills_the_same_claim_keeps_it() -> None:
    orders = selected()

    def answers_after_a_new_run(request: bytes) -> bytes:
        order = the_order(orders)
        orders.save(order.model_copy(update={"run": order.run + 1, "owner": None}))
        return says(PAID)(request)

    payer = MemoryPayer(answers_after_a_new_run)
    with pytest.raises(VersionConflict):
        adjudicated(orders, payer)
    assert [ncpdp.parse(request).type for request in payer.sent] == ["B1"]


def test_a_reversal_that_came_between_the_payment_and_its_answer_is_not_made_again() -> None:
    orders = selected()

    def answers_after_the_reversal(request: bytes) -> bytes:
        cancel(orders)
        assert taken_back(orders, MemoryPayer(says(Answer(status="A")))) == REVERSED
        return says(PAID)(request)

    payer = MemoryPayer(answers_after_the_reversal)
    with pytest.raises(VersionConflict):
        adjudicated(orders, payer)
    assert [ncpdp.parse(request).type for request in payer.sent] == ["B1"]
    assert the_claim(orders).status == "reversed"
    assert [said["code"] for said in the_claim(orders).exchanges] == ["B2", "B1"]


def test_a_reversal_whose_answer_was_lost_is_known_by_the_next() -> None:
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    cancel(orders)
    with pytest.raises(Unavailable):
        taken_back(orders, MemoryPayer(None))
    assert taken_back(orders, MemoryPayer(rejects("87"))) == REVERSED
    assert the_claim(orders).status == "reversed"


def test_a_write_of_somebody_else_does_not_send_the_reversal_again() -> None:
    orders = selected()
    adjudicated(orders, MemoryPayer(says(PAID)))
    cancel(orders)
    save, lost = orders.save, iter([True])

    def contended(*args: Any, **kwargs: Any) -> Order:
        if next(lost, False):
            raise VersionConflict
        return save(*args, **kwargs)

    payer = MemoryPayer(says(Answer(status="A")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(orders, "save", contended)
        assert taken_back(orders, payer) == REVERSED
    assert (len(payer.sent), the_claim(orders).status) == (1, "reversed")
