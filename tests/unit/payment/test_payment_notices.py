"""What Stripe reports: repeated, late, out of order, wrong; money moves a prescription once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.machine.waiting import wake
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict
from pharmonico.kit.money import Money

from tests.breaking import CrashError, broken

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till


@pytest.fixture
def asked(till: Till) -> Till:
    till.given()
    till.ask()
    return till


def test_a_payment_marks_the_prescription_paid_and_wakes_the_machine(asked: Till) -> None:
    assert asked.hear(asked.pays()).outcome == "paid"
    assert asked.order.status is Status.PAID
    assert (asked.paper().status, asked.paper().payment_intent) == ("paid", "pi_cs_1")
    assert asked.told == ["payment_link_required", "payment_successful"]
    assert wake(asked.orders.events[-1], orders=asked.orders, machine=asked.machine)
    assert asked.machine.answers == {"token-1": {"status": "paid"}}


def test_the_same_notice_again_changes_nothing(asked: Till) -> None:
    notice = asked.pays()
    asked.hear(notice)
    before = asked.order
    assert asked.hear(notice).outcome == "repeated"
    assert asked.order == before
    assert asked.told.count("payment_successful") == 1
    assert asked.checkouts.refunds == {}


@pytest.mark.parametrize(
    "amount", [Money(amount_minor=1), Money(amount_minor=1250, currency="EUR"), None]
)
def test_another_amount_than_was_asked_for_pays_nothing(asked: Till, amount: Money | None) -> None:
    notice = asked.pays(amount=amount)
    assert asked.hear(notice).outcome == "amount_mismatch"
    held = (asked.order.status, asked.order.hold_reason, asked.order.alerts)
    code = "payment.amount_mismatch"
    assert held == (Status.PAYMENT_FAILED, code, (code,))
    assert (asked.paper().status, asked.paper().problem) == ("failed", "payment.amount_mismatch")
    assert asked.told == ["payment_link_required", "payment_failed"]
    assert asked.hear(notice).outcome == "repeated"
    assert asked.told.count("payment_failed") == 1


def test_refused_money_goes_back_when_the_prescription_is_cancelled(asked: Till) -> None:
    asked.hear(asked.pays(amount=Money(amount_minor=1)))
    asked.rests_as(Status.CANCELLED)
    assert asked.refund() == "refunded"
    assert asked.paper().status == "refunded"


def test_a_declined_card_is_noted_once_and_the_patient_may_try_again(asked: Till) -> None:
    assert asked.hear(asked.notice("declined", "evt_d")).outcome == "noted"
    assert asked.hear(asked.notice("declined", "evt_d")).outcome == "repeated"
    assert (asked.paper().declines, asked.paper().status) == (1, "open")
    assert asked.order.status is Status.AWAITING_PAYMENT
    assert asked.hear(asked.pays()).outcome == "paid"


def test_a_closed_session_is_noted_and_nothing_moves(asked: Till) -> None:
    assert asked.hear(asked.notice("expired")).outcome == "noted"
    assert (asked.paper().status, asked.paper().url) == ("expired", None)
    assert asked.order.status is Status.AWAITING_PAYMENT


def test_a_page_that_ran_out_is_followed_by_a_fresh_link_while_the_payment_is_awaited(
    asked: Till,
) -> None:
    for attempt in (1, 2):
        asked.clock.advance(timedelta(hours=24))
        ended = asked.notice("expired", f"evt_{attempt}", attempt)
        assert [asked.hear(ended).outcome, asked.hear(ended).outcome] == ["renewed", "repeated"]
    assert [asked.paper(number).status for number in (1, 2, 3)] == ["expired", "expired", "open"]
    assert asked.told == ["payment_link_required", *["payment_link_renewed"] * 2]
    assert asked.hear(asked.pays(3)).outcome == "paid"
    assert wake(asked.orders.events[-1], orders=asked.orders, machine=asked.machine)


def test_a_crash_while_the_link_is_renewed_gets_the_same_session_again(asked: Till) -> None:
    asked.clock.advance(timedelta(hours=24))
    with broken(asked.orders, "save"), pytest.raises(CrashError):
        asked.hear(asked.notice("expired"))
    assert asked.hear(asked.notice("expired")).outcome == "renewed"
    assert (asked.paper(2).session_id, len(asked.checkouts.demands)) == ("cs_2", 3)


@pytest.mark.parametrize("status", [Status.PAYMENT_EXPIRED, Status.CANCELLED, Status.PAID])
def test_no_fresh_link_is_made_when_none_is_awaited(asked: Till, status: Status) -> None:
    asked.clock.advance(timedelta(hours=24))
    asked.rests_as(status)
    assert asked.hear(asked.notice("expired")).outcome == "noted"
    assert asked.paper().status == "expired"


def test_after_ten_links_a_person_decides(asked: Till) -> None:
    for attempt in range(1, 10):
        asked.clock.advance(timedelta(hours=24))
        assert asked.hear(asked.notice("expired", attempt=attempt)).outcome == "renewed"
    asked.clock.advance(timedelta(hours=24))
    assert asked.hear(asked.notice("expired", attempt=10)).outcome == "noted"


def test_notices_may_come_in_any_order(asked: Till) -> None:
    paid = asked.pays()
    asked.hear(asked.notice("expired", "evt_e"))
    assert asked.hear(paid).outcome == "paid"
    assert asked.hear(asked.notice("declined", "evt_d")).outcome == "noted"
    assert asked.paper().status == "paid"
    assert asked.order.status is Status.PAID


def test_a_payment_for_a_prescription_we_do_not_have_is_let_go(till: Till) -> None:
    assert till.hear(till.notice("paid")).outcome == "unknown"
    assert till.told == []


def test_a_payment_of_a_session_we_did_not_open_is_let_go(asked: Till) -> None:
    assert asked.hear(asked.pays(session_id="cs_somebody_elses")).outcome == "unknown"
    assert asked.order.status is Status.AWAITING_PAYMENT


@pytest.mark.parametrize("status", [Status.PAYMENT_EXPIRED, Status.PAYMENT_FAILED])
def test_late_money_takes_a_resting_prescription_up_again(asked: Till, status: Status) -> None:
    asked.rests_as(status)
    assert asked.hear(asked.pays()).outcome == "paid"
    assert (asked.order.status, asked.order.run, asked.order.owner) == (Status.PAID, 2, None)
    assert asked.told[-2:] == ["payment_successful", "prescription_resumed"]
    assert asked.orders.events[-1].data.resume_at == "AwaitDispense"


def test_money_for_a_cancelled_prescription_goes_back_once(asked: Till) -> None:
    asked.rests_as(Status.CANCELLED)
    notice = asked.pays()
    assert asked.hear(notice).outcome == "refunded"
    assert asked.order.status is Status.CANCELLED
    assert (asked.paper().status, asked.paper().refund_id) == ("refunded", "re_1")
    assert asked.hear(notice).outcome == "repeated"
    assert asked.refund() == "nothing_paid"
    assert asked.told.count("payment_refunded") == 1


def test_a_refund_that_failed_is_made_when_the_notice_comes_again(asked: Till) -> None:
    asked.rests_as(Status.CANCELLED)
    notice = asked.pays()
    with broken(asked.checkouts, "refund"), pytest.raises(CrashError):
        asked.hear(notice)
    assert asked.paper().status == "paid"
    assert asked.hear(notice).outcome == "refunded"


def test_a_second_payment_through_an_older_link_goes_back(asked: Till) -> None:
    asked.resend()
    asked.hear(asked.pays(attempt=2))
    asked.checkouts.reopen("cs_1")
    assert asked.hear(asked.pays(attempt=1)).outcome == "refunded"
    assert (asked.paper(1).status, asked.paper(2).status) == ("refunded", "paid")
    assert asked.order.status is Status.PAID


def test_money_for_a_failed_prescription_is_kept_and_found_by_the_redrive(asked: Till) -> None:
    asked.rests_as(Status.FAILED)
    assert asked.hear(asked.pays()).outcome == "kept"
    assert asked.order.status is Status.FAILED
    asked.orders.save(asked.order.moved(Status.AWAITING_PAYMENT, at=asked.clock.now()))
    assert asked.ask(token="token-2") == "answered"
    assert asked.order.status is Status.PAID
    assert asked.told == ["payment_link_required", "payment_successful"]


def test_a_write_that_loses_its_race_is_tried_again(
    asked: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, lost = asked.orders.save, []

    def lose_twice(*arguments: Any, **options: Any) -> Any:
        if len(lost) < 2:
            lost.append(True)
            raise VersionConflict
        return save(*arguments, **options)

    monkeypatch.setattr(asked.orders, "save", lose_twice)
    assert asked.hear(asked.pays()).outcome == "paid"
