"""Ops gives money back in whole or in part; refunds that others make are known as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.payment.ledger import left_minor
from pharmonico.fulfillment.payment.refunding import REFUNDS_MAX
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Invalid, StaleRevision
from pharmonico.kit.money import Money

from tests.breaking import CrashError, broken
from tests.unit.payment.conftest import SHARE

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till

ON_ITS_WAY = (Status.PAID, Status.AWAITING_DISPENSE, Status.DISPENSED, Status.SHIPPED)
LATER = (Status.IN_TRANSIT, Status.DELIVERED, Status.COMPLETED, Status.RETURNED)


def stands(till: Till, status: Status) -> None:
    till.orders.save(till.order.model_copy(update={"status": status}))


@pytest.fixture
def paid(till: Till) -> Till:
    till.given()
    till.ask()
    till.hear(till.pays())
    return till


def test_a_part_goes_back_and_the_rest_is_kept(paid: Till) -> None:
    asked = paid.wants_back("k1", 500)
    assert (asked.status, asked.refunds[0].status, left_minor(asked)) == ("paid", "asked", 750)
    assert paid.told[-1] == "payment_refund_requested"
    assert [paid.queue("k1"), paid.queue("k1")] == [True, False]
    payment = paid.paper()
    assert (payment.status, payment.refunds[0].status) == ("paid", "succeeded")
    assert (left_minor(payment), paid.checkouts.kept_minor) == (750, 750)
    assert paid.told[-1] == "payment_refunded"
    assert paid.orders.events[-1].meta.actor.role == "ops"
    assert paid.order.status is Status.PAID


@pytest.mark.parametrize("amount", [None, 1250])
@pytest.mark.parametrize("status", LATER)
def test_the_whole_may_go_back_once_the_parcel_is_with_the_carrier(
    paid: Till, status: Status, amount: int | None
) -> None:
    stands(paid, status)
    paid.wants_back("k1", amount)
    assert paid.queue("k1")
    assert (paid.paper().status, paid.paper().refund_id) == ("refunded", "re_1")
    assert (paid.order.status, paid.checkouts.kept_minor) == (status, 0)
    with pytest.raises(Conflict) as refusal:
        paid.wants_back("k2")
    assert refusal.value.code == "payment.nothing_left"


@pytest.mark.parametrize("status", ON_ITS_WAY)
def test_on_its_way_the_whole_goes_back_by_cancelling(paid: Till, status: Status) -> None:
    stands(paid, status)
    with pytest.raises(Conflict) as refusal:
        paid.wants_back("k1")
    assert refusal.value.code == "payment.cancel_instead"
    paid.wants_back("k1", 1249)
    with pytest.raises(Conflict):
        paid.wants_back("k2", 1)


@pytest.mark.parametrize("amount", [0, -1, 1251])
def test_no_more_than_was_paid_goes_back(paid: Till, amount: int) -> None:
    with pytest.raises(Invalid) as refusal:
        paid.wants_back("k1", amount)
    assert [error.code for error in refusal.value.errors] == ["refund.out_of_range"]


def test_parts_never_add_up_to_more_than_the_whole(paid: Till) -> None:
    stands(paid, Status.COMPLETED)
    for key in ("k1", "k2"):
        paid.wants_back(key, 600)
    with pytest.raises(Invalid):
        paid.wants_back("k3", 51)
    paid.wants_back("k3", 50)
    assert all(paid.queue(key) for key in ("k3", "k1", "k2"))
    assert (paid.paper().status, paid.checkouts.kept_minor) == ("refunded", 0)


def test_the_same_wish_again_is_one_refund(paid: Till) -> None:
    revision = paid.order.revision
    first = paid.wants_back("k1", 500, revision=revision)
    assert paid.wants_back("k1", 500, revision=revision).refunds == first.refunds
    assert paid.told.count("payment_refund_requested") == 1


def test_of_two_clerks_who_saw_the_same_the_second_decides_again(paid: Till) -> None:
    revision = paid.order.revision
    paid.wants_back("k1", 500, revision=revision)
    with pytest.raises(StaleRevision):
        paid.wants_back("k2", 500, revision=revision)


def test_there_is_a_limit_to_the_parts(paid: Till) -> None:
    for number in range(REFUNDS_MAX):
        paid.wants_back(f"k{number}", 1)
    with pytest.raises(Conflict) as refusal:
        paid.wants_back("more", 1)
    assert refusal.value.code == "payment.too_many_refunds"


def test_what_was_never_paid_does_not_go_back(till: Till) -> None:
    till.given()
    till.ask()
    with pytest.raises(Conflict) as refusal:
        till.wants_back("k1")
    assert refusal.value.code == "payment.nothing_left"


@pytest.mark.parametrize("part", ["save", "document"])
def test_a_crash_after_the_provider_took_it_on_refunds_once(paid: Till, part: str) -> None:
    paid.wants_back("k1", 500)
    with broken(paid.orders, part), pytest.raises(CrashError):
        paid.queue("k1")
    assert paid.queue("k1")
    assert (len(paid.checkouts.receipts), paid.told.count("payment_refunded")) == (1, 1)


def test_what_the_provider_refuses_is_told_and_left(paid: Till) -> None:
    by_hand = paid.refund_notice("succeeded", amount=Money(amount_minor=1000))
    paid.wants_back("k1", 500)
    paid.checkouts.take_back("pi_cs_1", 1000)
    assert paid.queue("k1")
    assert paid.paper().refunds[0].status == "failed"
    assert paid.told[-1] == "payment_refund_failed"
    assert paid.order.alerts == ("payment.refund_failed",)
    paid.hear(by_hand)
    assert left_minor(paid.paper()) == 250


def test_a_refund_made_by_hand_is_known_by_its_payment(paid: Till) -> None:
    notice = paid.refund_notice("succeeded")
    assert [paid.hear(notice).outcome, paid.hear(notice).outcome] == ["noted", "repeated"]
    (refund,) = paid.paper().refunds
    assert (refund.key, refund.by, refund.amount.amount_minor) == ("re_hand", "provider", 500)
    assert left_minor(paid.paper()) == 750
    assert paid.told.count("payment_refunded") == 1


def test_the_webhook_may_be_faster_than_our_own_write(paid: Till) -> None:
    paid.wants_back("k1", 500)
    notice = paid.refund_notice("succeeded", key="k1", refund_id="re_1", bearer=("rx_01TEST", 1))
    assert paid.hear(notice).outcome == "noted"
    assert not paid.queue("k1")
    assert [refund.status for refund in paid.paper().refunds] == ["succeeded"]
    assert paid.told.count("payment_refunded") == 1
    assert paid.orders.events[-1].meta.actor.role == "ops"


def test_a_refund_that_the_bank_sends_back_is_owed_again(paid: Till) -> None:
    paid.rests_as(Status.CANCELLED)
    assert paid.refund() == "refunded"
    back = paid.refund_notice("failed", refund_id="re_1", amount=SHARE, key="whole")
    assert paid.hear(back).outcome == "noted"
    assert (paid.paper().status, paid.order.alerts) == ("paid", ("payment.refund_failed",))
    assert paid.told[-1] == "payment_refund_failed"
    late = paid.refund_notice("pending", refund_id="re_1", amount=SHARE, key="whole")
    assert paid.hear(late).outcome == "repeated"
    assert paid.paper().status == "paid"


def test_a_refund_of_a_stranger_is_let_go(paid: Till) -> None:
    stranger = paid.refund_notice("succeeded", payment_intent="pi_else")
    assert paid.hear(stranger).outcome == "unknown"
    assert paid.hear(paid.refund_notice("failed", bearer=("rx_gone", 1))).outcome == "unknown"


def test_what_is_on_its_way_back_pays_for_nothing_more(paid: Till) -> None:
    """Billed anew after it was paid, while the provider is away and ops have asked it all back."""
    rerouted = {"status": Status.PHARMACY_SELECTED, "wait": None}
    paid.orders.save(paid.order.model_copy(update=rerouted))
    paid.wants_back("all")
    paid.orders.save(paid.order.model_copy(update={"status": Status.ADJUDICATED}))
    assert paid.ask() == "waiting"
    assert (paid.order.status, paid.paper(2).status) == (Status.AWAITING_PAYMENT, "open")
    paid.queue("all")
    assert paid.checkouts.kept_minor == 0


def test_a_dispute_is_flagged_and_nothing_is_done_by_itself(paid: Till) -> None:
    assert paid.hear(paid.dispute_notice("open")).outcome == "disputed"
    assert paid.hear(paid.dispute_notice("open")).outcome == "repeated"
    assert (paid.order.status, paid.order.alerts) == (Status.PAID, ("payment.disputed",))
    assert paid.orders.events[-1].data.reason == "dispute_open"
    with pytest.raises(Conflict) as refusal:
        paid.wants_back("k1", 100)
    assert refusal.value.code == "payment.in_dispute"
    assert paid.checkouts.receipts == {}


@pytest.mark.parametrize(("end", "alerts"), [("won", ()), ("lost", ("payment.dispute_lost",))])
def test_the_end_of_a_dispute_holds_whatever_comes_late(
    paid: Till, end: str, alerts: tuple[str, ...]
) -> None:
    assert paid.hear(paid.dispute_notice(end)).outcome == "disputed"
    assert paid.hear(paid.dispute_notice("open")).outcome == "repeated"
    assert (paid.order.alerts, paid.paper().disputes[0].status) == (alerts, end)


def test_a_refund_that_failed_before_the_payment_was_heard_of_is_flagged_all_the_same(
    till: Till,
) -> None:
    till.given()
    till.ask()
    paid = till.pays()
    till.hear(till.refund_notice("failed"))
    assert till.order.alerts == ()
    till.hear(paid)
    assert (till.order.status, till.order.alerts) == (Status.PAID, ("payment.refund_failed",))
