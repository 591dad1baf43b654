"""The payment stage: who owes nothing is not asked, who owes is asked once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, VersionConflict
from pharmonico.kit.money import ZERO

from tests.breaking import CrashError, broken

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

    from tests.unit.payment.conftest import Till


def test_who_owes_nothing_is_paid_at_once(till: Till) -> None:
    till.given(patient_pay=ZERO)
    assert till.ask() == "answered"
    assert till.order.status is Status.PAID
    assert till.told == ["payment_successful"]
    assert till.machine.answers == {"token-1": {"status": "paid"}}
    assert till.checkouts.demands == []


def test_nothing_owed_and_called_again_answers_the_new_token_and_says_nothing(till: Till) -> None:
    till.given(patient_pay=ZERO)
    till.ask()
    assert till.ask(token="token-2") == "answered"
    assert till.told == ["payment_successful"]
    assert "token-2" in till.machine.answers


def test_who_owes_gets_a_link_and_the_machine_waits(till: Till) -> None:
    till.given()
    assert till.ask() == "waiting"
    assert till.order.status is Status.AWAITING_PAYMENT
    assert till.order.payment_id == till.paper().payment_id
    assert till.order.wait is not None
    assert till.order.wait.token == "token-1"
    assert till.paper().url == "https://checkout.example/cs_1"
    assert till.told == ["payment_link_required"]
    assert till.machine.answers == {}


def test_the_link_is_made_once_when_the_stage_is_called_twice(till: Till) -> None:
    till.given()
    till.ask()
    assert till.ask(token="token-2") == "waiting"
    assert len(till.checkouts.demands) == 1
    assert till.told == ["payment_link_required"]
    assert till.order.wait is not None
    assert till.order.wait.token == "token-2"


def test_a_crash_between_stripe_and_our_write_gets_the_same_session_back(till: Till) -> None:
    till.given()
    with broken(till.orders, "save"), pytest.raises(CrashError):
        till.ask()
    assert till.ask() == "waiting"
    assert till.paper().session_id == "cs_1"
    assert {demand.key for demand in till.checkouts.demands} == {"rx_01TEST:1:1250USD"}


def test_a_payment_that_is_already_there_answers_the_token_at_once(till: Till) -> None:
    till.given()
    till.ask()
    till.hear(till.pays())
    assert till.ask(token="token-2") == "answered"
    assert till.machine.answers["token-2"] == {"status": "paid"}


def test_a_link_that_has_run_out_is_replaced(till: Till) -> None:
    till.given()
    till.ask()
    till.clock.advance(timedelta(hours=25))
    assert till.ask(token="token-2") == "waiting"
    assert (till.paper(1).status, till.paper(2).status) == ("expired", "open")
    assert till.told == ["payment_link_required", "payment_link_required"]


def test_an_execution_that_lost_the_prescription_is_told_so(till: Till) -> None:
    till.given(owner="arn:another")
    assert till.ask() == "superseded"
    assert till.machine.answers["token-1"][0] == "Superseded"
    assert till.checkouts.demands == []


def test_a_rejected_claim_asks_the_patient_for_nothing(till: Till) -> None:
    till.given(status=Status.CLAIM_REJECTED)
    assert till.ask() == "superseded"
    assert till.machine.answers["token-1"][0] == "Superseded"
    assert till.checkouts.demands == []


def test_without_the_patients_share_nothing_is_asked(till: Till) -> None:
    till.given(patient_pay=None)
    with pytest.raises(Conflict) as refusal:
        till.ask()
    assert refusal.value.code == "payment.amount_unknown"


def test_a_write_that_loses_its_race_is_decided_again(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.given()
    save, lost = till.orders.save, []

    def lose_once(*arguments: object, **options: object) -> Order:
        if not lost:
            lost.append(True)
            raise VersionConflict
        return save(*arguments, **options)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(till.orders, "save", lose_once)
    assert till.ask() == "waiting"
    assert till.paper().session_id == "cs_1"
