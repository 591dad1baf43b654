"""The payment doors over HTTP: Stripe's webhook proves itself, ops sends links by key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.status import Status

from tests.unit.payment.doors import completed, doors, event

if TYPE_CHECKING:
    from tests.unit.payment.doors import Doors

__all__ = ["doors"]


def test_a_signed_payment_is_believed(doors: Doors) -> None:
    answer = doors.stripe_sends(completed(doors.till))
    assert (answer.status, answer.json) == (200, {"outcome": "paid"})
    assert doors.till.order.status is Status.PAID


def test_a_forged_payment_is_refused(doors: Doors) -> None:
    answer = doors.stripe_sends(completed(doors.till), secret="whsec_guessed")
    assert (answer.status, answer.json["code"]) == (400, "signature.invalid")
    assert doors.till.order.status is Status.AWAITING_PAYMENT


@pytest.mark.parametrize("signature", ["", "nonsense", "t=1", "t=now,v1=00", "v1=00"])
def test_a_payment_without_a_proper_signature_is_refused(doors: Doors, signature: str) -> None:
    answer = doors.stripe_sends(completed(doors.till), signature=signature)
    assert (answer.status, answer.json["code"]) == (400, "signature.invalid")


def test_a_changed_body_is_refused(doors: Doors) -> None:
    body = json.dumps(completed(doors.till, amount_total=1))
    answer = doors.stripe_sends(event("checkout.session.completed", {}), body=body)
    assert (answer.status, answer.json["code"]) == (400, "signature.invalid")


@pytest.mark.parametrize("age_s", [301, -301])
def test_a_stale_payment_is_refused(doors: Doors, age_s: int) -> None:
    answer = doors.stripe_sends(completed(doors.till), age_s=age_s)
    assert (answer.status, answer.json["code"]) == (400, "signature.stale")
    assert doors.till.order.status is Status.AWAITING_PAYMENT


def test_four_minutes_are_not_stale(doors: Doors) -> None:
    assert doors.stripe_sends(completed(doors.till), age_s=240).json == {"outcome": "paid"}


def test_a_repeated_payment_changes_nothing(doors: Doors) -> None:
    sent = completed(doors.till)
    doors.stripe_sends(sent)
    before = doors.till.order
    assert doors.stripe_sends(sent).json == {"outcome": "repeated"}
    assert doors.till.order == before


def test_a_wrong_amount_is_taken_note_of_and_not_believed(doors: Doors) -> None:
    answer = doors.stripe_sends(completed(doors.till, amount_total=1))
    assert (answer.status, answer.json) == (200, {"outcome": "amount_mismatch"})
    assert doors.till.order.status is Status.PAYMENT_FAILED


def test_a_session_that_is_complete_but_not_yet_paid_pays_nothing(doors: Doors) -> None:
    answer = doors.stripe_sends(completed(doors.till, payment_status="unpaid"))
    assert answer.json == {"outcome": "ignored"}


def test_a_declined_card_and_a_closed_page_are_noted(doors: Doors) -> None:
    ids = {"metadata": {"prescription_id": "rx_01TEST", "attempt": "1"}}
    declined = {"id": "pi_1", "object": "payment_intent", "currency": "usd", **ids}
    closed = {"id": "cs_1", "object": "checkout.session", **ids}
    assert doors.stripe_sends(event("payment_intent.payment_failed", declined)).json == {
        "outcome": "noted"
    }
    second = event("checkout.session.expired", closed) | {"id": "evt_2"}
    assert doors.stripe_sends(second).json == {"outcome": "noted"}
    assert (doors.till.paper().declines, doors.till.paper().status) == (1, "expired")


@pytest.mark.parametrize("metadata", [{}, None, {"prescription_id": "rx_01TEST", "attempt": "x"}])
def test_other_peoples_sessions_are_let_go(doors: Doors, metadata: Any) -> None:
    answer = doors.stripe_sends(completed(doors.till, metadata=metadata))
    assert (answer.status, answer.json) == (200, {"outcome": "ignored"})


SHAPELESS: list[Any] = [
    *([], 5, None, {}, {"data": 1}, {"id": "evt_1", "type": "x", "data": {"object": []}}),
    {"id": "evt_1", "type": 7, "data": {"object": {"object": "dispute"}}},
]


@pytest.mark.parametrize("event", SHAPELESS)
def test_what_is_no_event_is_refused_whoever_signed_it(doors: Doors, event: Any) -> None:
    answer = doors.stripe_sends(event)
    assert (answer.status, answer.json["code"]) == (422, "webhook.unreadable")


@pytest.mark.parametrize("changes", [{"amount_total": "much"}, {"currency": "euro"}])
def test_an_event_with_nonsense_in_it_changes_nothing(doors: Doors, changes: Any) -> None:
    answer = doors.stripe_sends(completed(doors.till, **changes))
    assert answer.status in (200, 422)
    assert doors.till.order.status is Status.AWAITING_PAYMENT


def test_a_prescription_we_do_not_have_is_answered_with_success(doors: Doors) -> None:
    unknown = {"prescription_id": "rx_unknown", "attempt": "1"}
    answer = doors.stripe_sends(completed(doors.till, metadata=unknown))
    assert (answer.status, answer.json) == (200, {"outcome": "unknown"})


def test_ops_sends_a_new_link(doors: Doors) -> None:
    answer = doors.ops_asks()
    assert answer.status == 201
    assert (answer.json["attempt"], answer.json["url"]) == (2, "https://checkout.example/cs_2")
    assert doors.till.orders.events[-1].meta.actor.role == "ops"


def test_the_same_click_twice_sends_one_link(doors: Doors) -> None:
    first = doors.ops_asks(path="/api/v1/payments")
    again = doors.ops_asks(path="/api/v1/payments")
    assert again.json == first.json
    assert len(doors.till.checkouts.demands) == 2
    other = doors.ops_asks(path="/api/v1/payments", prescription_id="rx_other")
    assert (other.status, other.json["code"]) == (422, "idempotency.key_reused")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"key": ""}, 400, "idempotency.key_missing"),
        ({"who": "auditor"}, 403, "access.denied"),
        ({"prescription_id": "rx_unknown"}, 404, "order.not_found"),
        ({"prescription_id": ""}, 422, "request.invalid"),
        ({"amount": 1}, 422, "request.invalid"),
    ],
)
def test_what_a_link_request_must_not_be(
    doors: Doors, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = doors.ops_asks(**sent)
    assert (answer.status, answer.json["code"]) == (status, code)


def test_no_link_is_sent_for_what_is_paid(doors: Doors) -> None:
    doors.stripe_sends(completed(doors.till))
    answer = doors.ops_asks()
    assert (answer.status, answer.json["code"]) == (409, "payment.not_due")


def test_the_clock_of_the_signature_is_ours(doors: Doors) -> None:
    sent = completed(doors.till)
    doors.till.clock.advance(timedelta(days=400))
    assert doors.stripe_sends(sent).json == {"outcome": "paid"}
