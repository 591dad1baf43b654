"""Cancelling gives money back, exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict
from pharmonico.kit.money import Money

from tests.breaking import CrashError, broken

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till


def test_a_paid_prescription_is_refunded_once(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    till.rests_as(Status.CANCELLED)
    assert till.refund() == "refunded"
    assert till.refund() == "nothing_paid"
    assert till.checkouts.refunds == {"pi_cs_1": "re_1"}
    assert till.told.count("payment_refunded") == 1


def test_a_crash_between_refund_and_our_write_does_not_refund_twice(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    till.rests_as(Status.CANCELLED)
    with broken(till.orders, "save"), pytest.raises(CrashError):
        till.refund()
    assert till.refund() == "refunded"
    assert till.paper().refund_id == "re_1"
    assert len(till.checkouts.refunds) == 1


def test_an_open_checkout_is_closed_and_nothing_is_refunded(till: Till) -> None:
    till.given()
    till.ask()
    till.rests_as(Status.CANCELLED)
    assert till.refund() == "nothing_paid"
    assert till.checkouts.session("cs_1").state == "expired"
    assert (till.paper().status, till.paper().url) == ("expired", None)


def test_money_whose_notice_is_still_on_its_way_is_refunded_too(till: Till) -> None:
    till.given()
    till.ask()
    notice = till.pays()
    till.rests_as(Status.CANCELLED)
    assert till.refund() == "refunded"
    assert till.hear(notice).outcome == "repeated"
    assert len(till.checkouts.refunds) == 1


@pytest.mark.parametrize("end", ["won", "lost"])
def test_what_the_bank_decides_about_goes_back_from_us_only_once_it_is_won(
    till: Till, end: str
) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    till.hear(till.dispute_notice("open"))
    till.rests_as(Status.CANCELLED)
    assert till.refund() == "nothing_paid"
    assert till.checkouts.refunds == {}
    for _ in range(2):
        till.hear(till.dispute_notice(end))
    assert till.checkouts.kept_minor == (0 if end == "won" else 1250)
    assert till.told.count("payment_refunded") == (1 if end == "won" else 0)
    assert till.refund() == "nothing_paid"


def test_what_was_asked_back_before_the_bank_was_asked_waits_for_the_bank(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    till.wants_back("one", 500)
    till.hear(till.dispute_notice("open"))
    assert till.queue("one") is True
    assert till.checkouts.refunds == {}
    assert till.order.alerts == ("payment.disputed", "payment.refund_failed")


def test_a_wrong_amount_that_nobody_waits_for_goes_back_when_the_provider_is_there_again(
    till: Till,
) -> None:
    till.given()
    till.ask()
    notice = till.pays(amount=Money(amount_minor=1000))
    till.rests_as(Status.CANCELLED)
    with broken(till.checkouts, "refund"), pytest.raises(CrashError):
        till.hear(notice)
    assert till.order.alerts == ("payment.amount_mismatch",)
    assert till.hear(notice).outcome == "refunded"
    assert (till.checkouts.kept_minor, till.order.alerts) == (0, ())


def test_nothing_asked_nothing_refunded(till: Till) -> None:
    till.given(status=Status.CANCELLED)
    assert till.refund() == "nothing_paid"
    assert till.told == []


def test_only_a_cancelled_prescription_is_refunded(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    with pytest.raises(Conflict) as refusal:
        till.refund()
    assert refusal.value.code == "order.not_cancelled"
