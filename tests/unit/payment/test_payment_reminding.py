"""Patients are reminded on days 1 and 3, and always have a page that opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.fulfillment.order import Hold
from pharmonico.fulfillment.payment.portal_links import checkout_url, mint_payment_link
from pharmonico.fulfillment.payment.reminding import ACTED_MAX
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict

from tests.breaking import CrashError, broken
from tests.unit.payment.conftest import RX

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till

REQUIRED, RENEWED = "payment_link_required", "payment_link_renewed"
REMINDED = "payment_reminder_required"


@pytest.fixture
def asked(till: Till) -> Till:
    till.given()
    till.ask()
    return till


def test_nobody_is_reminded_on_the_first_day(asked: Till) -> None:
    asked.clock.advance(timedelta(hours=23, minutes=59))
    assert asked.remind() == 0
    assert asked.told == [REQUIRED]


def test_nobody_is_asked_to_pay_for_what_is_on_hold(asked: Till) -> None:
    hold = Hold(reason="fraud", by="usr_ops", at=asked.clock.now())
    asked.orders.save(asked.order.model_copy(update={"hold": hold}))
    asked.clock.advance(timedelta(days=2))
    assert asked.remind() == 0
    asked.orders.save(asked.order.model_copy(update={"hold": None}))
    assert asked.remind() == 1
    assert REMINDED in asked.told


def test_a_week_brings_two_reminders_and_a_page_for_every_day(asked: Till) -> None:
    for _ in range(7 * 24):
        asked.clock.advance(timedelta(hours=1))
        asked.remind()
        assert asked.remind() == 0
    assert asked.told.count(REMINDED) == 2
    assert asked.told.count(REQUIRED) == 1
    assert asked.told.count(RENEWED) == 7
    assert [asked.paper(number).status for number in (7, 8)] == ["expired", "open"]
    assert asked.order.status is Status.AWAITING_PAYMENT


def test_missed_days_bring_one_reminder(asked: Till) -> None:
    asked.clock.advance(timedelta(days=6))
    assert [asked.remind(), asked.remind()] == [1, 0]
    assert asked.told == [REQUIRED, RENEWED, REMINDED]


def test_the_link_in_the_first_message_leads_to_the_newest_page(asked: Till) -> None:
    tokens = MemoryTokens(clock=asked.clock)
    link = mint_payment_link(RX, tokens=tokens, portal_url="https://portal.example")
    reference = link.rpartition("=")[2]
    asked.clock.advance(timedelta(days=2))
    asked.remind()
    url = checkout_url(reference, orders=asked.orders, tokens=tokens)
    assert url == asked.paper(2).url == "https://checkout.example/cs_2"
    asked.rests_as(Status.PAYMENT_EXPIRED)
    assert checkout_url(reference, orders=asked.orders, tokens=tokens) is None


@pytest.mark.parametrize("status", [Status.PAID, Status.PAYMENT_EXPIRED, Status.CANCELLED])
def test_nobody_is_reminded_of_what_is_over(asked: Till, status: Status) -> None:
    asked.rests_as(status)
    asked.clock.advance(timedelta(days=2))
    assert asked.remind() == 0


def test_who_has_paid_this_minute_is_left_alone(asked: Till) -> None:
    asked.pays()
    asked.clock.advance(timedelta(days=2))
    assert asked.remind() == 0
    assert asked.told == [REQUIRED]


def test_a_crash_renews_the_same_page_and_reminds_once(asked: Till) -> None:
    asked.clock.advance(timedelta(days=1))
    with broken(asked.orders, "save"), pytest.raises(CrashError):
        asked.remind()
    assert asked.remind() == 1
    assert (asked.paper(2).session_id, asked.told.count(REMINDED)) == ("cs_2", 1)


def test_a_write_that_loses_its_race_keeps_nobody_from_the_others(
    asked: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.clock.advance(timedelta(days=1))

    def lose(*_: Any, **__: Any) -> Any:
        raise VersionConflict

    with monkeypatch.context() as racing:
        racing.setattr(asked.orders, "save", lose)
        assert asked.remind() == 0
    assert asked.remind() == 1


def test_one_tick_does_a_bounded_number(till: Till) -> None:
    for number in range(ACTED_MAX + 5):
        till.given(id=f"rx_{number:04}")
        till.ask(prescription_id=f"rx_{number:04}")
    till.clock.advance(timedelta(days=1))
    assert [till.remind(), till.remind(), till.remind()] == [ACTED_MAX, 5, 0]
