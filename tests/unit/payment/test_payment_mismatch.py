"""Money of another amount is held: ops accept it or give it back, and nobody is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.machine.reopening import reopen
from pharmonico.fulfillment.machine.waiting import wake
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict
from pharmonico.kit.money import Money

from tests.unit.payment.conftest import OPS, RX
from tests.unit.payment.test_payment_links import a_claim

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till

LESS = Money(amount_minor=1000)


@pytest.fixture
def held(till: Till) -> Till:
    till.given()
    till.ask()
    till.hear(till.pays(amount=LESS))
    return till


def test_the_execution_that_waited_ends_by_a_name_it_catches(held: Till) -> None:
    assert wake(held.orders.events[-1], orders=held.orders, machine=held.machine)
    assert held.machine.answers["token-1"][0] == "Superseded"


def test_an_event_of_an_earlier_run_ends_no_wait(held: Till) -> None:
    wait = held.order.wait
    assert wait is not None
    later = held.order.model_copy(update={"wait": wait.model_copy(update={"run": 2})})
    held.orders.save(later)
    assert not wake(held.orders.events[-1], orders=held.orders, machine=held.machine)
    assert held.machine.answers == {}


def test_ops_accept_it_and_the_prescription_goes_on(held: Till) -> None:
    held.accepts()
    order, payment = held.order, held.paper()
    assert (order.status, order.run, order.alerts, order.hold_reason) == (Status.PAID, 2, (), None)
    assert (payment.status, payment.accepted.by if payment.accepted else "") == ("paid", "ops-1")
    assert held.told[-2:] == ["payment_successful", "prescription_resumed"]
    assert held.checkouts.kept_minor == 1000
    with pytest.raises(Conflict) as refusal:
        held.accepts()
    assert refusal.value.code == "payment.nothing_held"


def test_what_was_accepted_counts_when_it_is_billed_again_for_the_same_share(held: Till) -> None:
    held.accepts()
    back = held.order.model_copy(update={"status": Status.ADJUDICATED, "run": 3, "owner": None})
    held.orders.save(back)
    assert held.ask(run=3, execution="arn:third") == "answered"
    assert held.order.status is Status.PAID


def test_ops_give_it_back_and_another_link_may_be_sent(held: Till) -> None:
    with pytest.raises(Conflict) as refusal:
        held.resend()
    assert refusal.value.code == "payment.money_held"
    held.wants_back("k1")
    assert held.queue("k1")
    assert (held.paper().status, held.order.alerts) == ("refunded", ())
    link = held.resend()
    assert link is not None
    assert (link.attempt, held.checkouts.kept_minor) == (2, 0)
    assert held.hear(held.pays(2)).outcome == "paid"
    assert held.order.status is Status.PAID


def test_another_currency_can_only_go_back(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays(amount=Money(amount_minor=1250, currency="EUR")))
    with pytest.raises(Conflict) as refusal:
        till.accepts()
    assert refusal.value.code == "payment.other_currency"
    assert till.wants_back("k1").refunds[0].amount.currency == "EUR"


def test_a_share_that_holds_no_more_is_not_accepted(held: Till) -> None:
    held.orders.put_document(RX, a_claim("reversed"))
    with pytest.raises(Conflict) as refusal:
        held.accepts()
    assert refusal.value.code == "payment.claim_reversed"


def test_a_release_without_a_decision_holds_it_again(held: Till) -> None:
    revision = held.order.revision
    reopen(RX, expected_revision=revision, actor=OPS, orders=held.orders, clock=held.clock)
    assert held.ask(run=2, execution="arn:second", token="token-2") == "superseded"
    assert (held.order.status, held.order.owner) == (Status.PAYMENT_FAILED, None)
    assert held.machine.answers["token-2"][0] == "Superseded"
    assert len(held.checkouts.demands) == 1


def test_the_right_amount_through_another_page_sends_the_wrong_one_back(till: Till) -> None:
    till.given()
    till.ask()
    till.resend()
    till.checkouts.reopen("cs_1")
    till.hear(till.pays(1, amount=LESS))
    right = till.pays(2)
    assert till.hear(right).outcome == "paid"
    assert (till.paper(1).status, till.paper(2).status) == ("refunded", "paid")
    assert (till.order.status, till.order.alerts) == (Status.PAID, ())
    assert till.checkouts.kept_minor == 1250
    assert till.hear(right).outcome == "repeated"


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.PAYMENT_EXPIRED])
def test_a_wrong_amount_that_nobody_waits_for_goes_back_by_itself(
    till: Till, status: Status
) -> None:
    till.given()
    till.ask()
    till.rests_as(status)
    till.orders.put_document(RX, a_claim("reversing"))
    assert till.hear(till.pays(amount=LESS)).outcome == "refunded"
    assert (till.paper().status, till.checkouts.kept_minor) == ("refunded", 0)
    assert till.order.status is status


def test_money_that_went_back_before_we_heard_that_it_came_is_for_people(till: Till) -> None:
    till.given()
    till.ask()
    paid = till.pays()
    till.hear(till.refund_notice("succeeded", amount=Money(amount_minor=1250)))
    assert till.hear(paid).outcome == "refunded_before"
    held = (till.order.status, till.order.hold_reason)
    assert held == (Status.PAYMENT_FAILED, "payment.refunded_outside")
    assert till.paper().status == "refunded"
    assert till.resend() is not None
