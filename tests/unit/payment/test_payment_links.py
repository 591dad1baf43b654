"""Ops sends another link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.machine.reopening import reopen
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

from tests.unit.payment.conftest import OPS, RX

if TYPE_CHECKING:
    from pharmonico.fulfillment.payment.checkout import Session

    from tests.unit.payment.conftest import Till


def a_claim(status: str) -> Claim:
    facts = {"claim_id": "clm_1", "rx_number": "1", "date_of_service": "20260915"}
    return Claim.model_validate({**facts, "bin": "610000", "pcn": "TEST", "status": status})


def test_a_new_link_closes_the_old_one(till: Till) -> None:
    till.given()
    till.ask()
    payment = till.resend()
    assert (payment.attempt, payment.url) == (2, "https://checkout.example/cs_2")
    assert till.checkouts.session("cs_1").state == "expired"
    assert (till.paper(1).status, till.paper(1).url) == ("expired", None)
    assert till.order.payment_id == payment.payment_id
    assert till.order.run == 1
    assert till.told == ["payment_link_required", "payment_link_required"]


@pytest.mark.parametrize("status", [Status.PAYMENT_EXPIRED, Status.PAYMENT_FAILED])
def test_a_prescription_that_rested_is_taken_up_again(till: Till, status: Status) -> None:
    till.given()
    till.ask()
    till.rests_as(status)
    till.resend()
    assert till.order.status is Status.AWAITING_PAYMENT
    assert (till.order.run, till.order.owner) == (2, None)
    assert till.told[-2:] == ["payment_link_required", "prescription_resumed"]
    assert till.orders.events[-1].data.resume_at == "AwaitPayment"


def test_the_new_execution_uses_the_link_that_ops_has_sent(till: Till) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.PAYMENT_EXPIRED)
    till.resend()
    assert till.ask(run=2, execution="arn:second", token="token-2") == "waiting"
    assert len(till.checkouts.demands) == 2
    assert till.order.wait is not None
    assert till.order.wait.run == 2


def test_the_notice_of_our_own_closing_does_not_refuse_the_new_link(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.given()
    till.ask()
    close = till.checkouts.close

    def close_and_hear(session_id: str) -> Session:
        closed = close(session_id)
        till.hear(till.notice("expired"))
        return closed

    monkeypatch.setattr(till.checkouts, "close", close_and_hear)
    payment = till.resend()
    assert (payment.attempt, payment.session_id) == (2, "cs_2")
    assert (till.paper(1).status, till.paper(2).status) == ("expired", "open")
    assert till.told == ["payment_link_required", "payment_link_required"]


def test_nothing_is_sent_when_nothing_is_due(till: Till) -> None:
    till.given(status=Status.DISPENSED)
    with pytest.raises(Conflict) as refusal:
        till.resend()
    assert refusal.value.code == "payment.not_due"


def test_a_link_that_was_paid_this_minute_is_not_replaced(till: Till) -> None:
    till.given()
    till.ask()
    till.pays()
    with pytest.raises(Conflict) as refusal:
        till.resend()
    assert refusal.value.code == "payment.already_paid"
    assert till.paper().status == "open"


@pytest.mark.parametrize("taken_back", ["reversing", "reversed"])
def test_once_the_claim_was_taken_back_a_new_link_bills_first(till: Till, taken_back: str) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.PAYMENT_EXPIRED)
    till.orders.put_document(till.order.id, a_claim(taken_back))
    assert till.resend() is None
    assert (till.order.status, till.order.run) == (Status.PHARMACY_SELECTED, 2)
    assert till.orders.events[-1].data.resume_at == "Adjudicate"
    assert len(till.checkouts.demands) == 1


@pytest.mark.parametrize(
    ("claim", "target"),
    [("paid", Status.ADJUDICATED), ("reversing", Status.PHARMACY_SELECTED)],
)
def test_a_release_starts_at_billing_where_the_claim_was_taken_back(
    till: Till, claim: str, target: Status
) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.PAYMENT_EXPIRED)
    till.orders.put_document(till.order.id, a_claim(claim))
    revision = till.order.revision
    reopen(RX, expected_revision=revision, actor=OPS, orders=till.orders, clock=till.clock)
    assert till.order.status is target


def test_a_second_claim_of_an_earlier_billing_undoes_nothing(till: Till) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.PAYMENT_EXPIRED)
    till.orders.put_document(till.order.id, a_claim("paid"))
    earlier = a_claim("reversed").model_copy(update={"key": "2"})
    till.orders.put_document(till.order.id, earlier)
    assert till.resend().attempt == 2


def test_late_money_for_a_reversed_claim_goes_back(till: Till) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.PAYMENT_EXPIRED)
    till.orders.put_document(till.order.id, a_claim("reversed"))
    assert till.hear(till.pays()).outcome == "refunded"
    assert till.order.status is Status.PAYMENT_EXPIRED
