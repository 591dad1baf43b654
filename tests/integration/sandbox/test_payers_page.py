"""Payers' hosts go down and come back; the page adds up what members and plans have paid."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.sandbox.test_pages import Outline
from tests.integration.sandbox.test_payer import bill, reverse

HERE = "/sandbox/payers"


def members(sandbox: Any) -> list[Any]:
    return list(sandbox.items("/payer/members"))


def test_a_payer_that_is_down_answers_nothing_else_until_it_is_up(sandbox: Any) -> None:
    sandbox.post("/payer/down", {"bin": "610014", "code": "91"})
    assert bill(sandbox).rejects == ("91",)
    assert reverse(sandbox).rejects == ("91",)
    assert [each["bin"] for each in sandbox.items("/payer/down")] == ["610014"]
    sandbox.http.delete("/sandbox/payer/down/610014").raise_for_status()
    assert bill(sandbox).status == "P"


def test_only_the_payer_that_is_down_is_down(sandbox: Any) -> None:
    sandbox.post("/payer/down", {"bin": "004336"})
    assert bill(sandbox).status == "P"


@pytest.mark.parametrize("order", [{"bin": "1"}, {"bin": "610014", "code": "70"}, {}])
def test_no_other_downtime_is_ordered(sandbox: Any, order: dict[str, str]) -> None:
    assert sandbox.http.post("/sandbox/payer/down", json=order).status_code == 400


def test_sums_follow_bills_repeats_and_reversals(sandbox: Any) -> None:
    first = bill(sandbox)
    bill(sandbox)
    bill(sandbox, rx_number="7000002")
    (member,) = members(sandbox)
    assert (member["fills"], member["patient_minor"]) == (2, 2 * first.patient_pay_minor)
    assert member["plan_minor"] == 2 * first.total_paid_minor
    reverse(sandbox)
    (member,) = members(sandbox)
    assert (member["fills"], member["patient_minor"]) == (1, first.patient_pay_minor)
    reverse(sandbox, "7000002")
    (member,) = members(sandbox)
    assert (member["fills"], member["plan_minor"], member["patient_minor"]) == (0, 0, 0)


def test_the_page_shows_plans_and_members_and_switches_hosts(sandbox: Any) -> None:
    bill(sandbox)
    shown = sandbox.http.get(HERE).text
    assert "Synthetic Medicare Prime" in shown
    assert "YXE123456789" in shown
    assert len(Outline(shown).all("h1")) == 1
    pressed = sandbox.http.post(f"{HERE}/down", data={"bin": "610014", "code": "92"})
    assert pressed.status_code == 303
    assert "Bring 610014 up" in sandbox.http.get(HERE).text
    assert bill(sandbox, rx_number="7000003").rejects == ("92",)
    sandbox.http.post(f"{HERE}/up", data={"bin": "610014"})
    assert "Take 610014 down" in sandbox.http.get(HERE).text
