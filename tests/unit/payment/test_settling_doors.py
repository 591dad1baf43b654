"""Ops settles: every cent is shown, parts go back, and money that is held is decided upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from functions.payments_api import handler as payments_api
from tests.gateway import send
from tests.unit.payment.doors import completed, doors, event

if TYPE_CHECKING:
    from tests.unit.payment.doors import Doors

__all__ = ["doors"]

PAYMENTS = "/api/v1/payments/rx_01TEST"


def test_ops_sees_every_cent_and_gives_a_part_back(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till))
    shown = doors.asks("GET", PAYMENTS)
    (payment,) = shown.json["payments"]
    sums = (payment["taken_minor"], payment["back_minor"], payment["left_minor"])
    assert (shown.status, sums) == (200, (1250, 0, 1250))
    asked = {"reason": "service", "note": "came late", "amount_minor": 250}
    answers = [doors.asks("POST", f"{PAYMENTS}/refunds", body=asked) for _ in range(2)]
    assert [answer.status for answer in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    assert (answers[0].json["status"], answers[0].json["left_minor"]) == ("asked", 1000)
    assert doors.till.queue(answers[0].json["refund"])
    (payment,) = doors.asks("GET", PAYMENTS).json["payments"]
    assert (payment["back_minor"], payment["refunds"][0]["status"]) == (250, "succeeded")
    acts = [(one.act.action, one.act.outcome) for one in doors.till.trail.chain("rx_01TEST")]
    assert acts == [
        ("payments_read", "ok"),
        ("payment_refund_asked", "ok"),
        ("payments_read", "ok"),
    ]


@pytest.mark.parametrize(
    ("who", "body", "status", "code"),
    [
        ("auditor", {}, 403, "access.denied"),
        ("pharmacist", {}, 403, "access.denied"),
        ("ops", {"amount_minor": 1251}, 422, "payment.refund_invalid"),
        ("ops", {"amount_minor": 0}, 422, "request.invalid"),
        ("ops", {"reason": "because"}, 422, "payment.refund_invalid"),
        ("ops", {"amount_minor": 1.5}, 422, "request.invalid"),
        ("ops", {"note": ""}, 422, "request.invalid"),
        ("ops", {"attempt": 2}, 409, "payment.nothing_left"),
        ("ops", {}, 409, "payment.cancel_instead"),
    ],
)
def test_what_a_refund_must_not_be(
    doors: Doors, who: str, body: dict[str, Any], status: int, code: str
) -> None:
    doors.stripe_sends(completed(doors.till))
    asked = {"reason": "service", "note": "came late", **body}
    answer = doors.asks("POST", f"{PAYMENTS}/refunds", who, body=asked)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert doors.till.paper().refunds == ()


def test_a_refund_needs_its_key_and_what_was_seen(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till))
    asked = {"reason": "service", "note": "came late", "amount_minor": 250}
    bare = {"headers": {"Authorization": "Bearer ops"}, "body": asked}
    answer = send(payments_api.lambda_handler, "POST", f"{PAYMENTS}/refunds", **bare)
    assert (answer.status, answer.json["code"]) == (400, "idempotency.key_missing")
    stale = doors.asks("POST", f"{PAYMENTS}/refunds", body=asked, revision=1)
    assert (stale.status, stale.json["code"]) == (412, "request.precondition_failed")


def test_two_clerks_who_refund_at_once_give_back_once(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till))
    revision = doors.till.order.revision
    asked = {"reason": "service", "note": "came late", "amount_minor": 700}
    answers = [
        doors.asks("POST", f"{PAYMENTS}/refunds", body=asked, key=key, revision=revision)
        for key in ("clerk-1", "clerk-2")
    ]
    assert [answer.status for answer in answers] == [202, 412]
    assert len(doors.till.paper().refunds) == 1


def test_money_that_is_held_is_accepted_by_ops(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till, amount_total=1000))
    (payment,) = doors.asks("GET", PAYMENTS).json["payments"]
    assert (payment["is_held"], payment["taken_minor"]) == (True, 1000)
    asked = {"attempt": 1, "note": "the rest was waived"}
    refused = doors.asks("POST", f"{PAYMENTS}/accept", "pharmacist", body=asked)
    answer = doors.asks("POST", f"{PAYMENTS}/accept", body=asked)
    assert (refused.status, answer.status, answer.json["status"]) == (403, 202, "paid")
    again = doors.asks("POST", f"{PAYMENTS}/accept", body=asked, key="other")
    assert (again.status, again.json["code"]) == (409, "payment.nothing_held")


def test_a_dispute_from_stripe_flags_the_prescription(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till))
    dispute = {
        "id": "dp_1",
        "object": "dispute",
        "status": "needs_response",
        "reason": "fraudulent",
        "amount": 1250,
        "currency": "usd",
        "payment_intent": "pi_cs_1",
        "metadata": {},
    }
    answer = doors.stripe_sends(event("charge.dispute.created", dispute))
    assert answer.json == {"outcome": "disputed"}
    assert doors.asks("GET", PAYMENTS).json["alerts"] == ["payment.disputed"]
