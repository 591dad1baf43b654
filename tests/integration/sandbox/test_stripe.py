"""Checkout as Stripe's own SDK sees it, and webhooks as Stripe's own verifier does."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import stripe

from local.sandbox.credentials import LOCAL_ONLY

SECRET = LOCAL_ONLY.stripe_webhook_secret


def order(**changes: Any) -> Any:
    price = {"currency": "usd", "unit_amount": 1000, "product_data": {"name": "Prescription"}}
    return {
        "mode": "payment",
        "success_url": "http://portal.localhost/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://portal.localhost/pay",
        "client_reference_id": "rx_1",
        "metadata": {"prescription_id": "rx_1"},
        "payment_intent_data": {"metadata": {"prescription_id": "rx_1"}},
        "line_items": [{"quantity": 1, "price_data": price}],
    } | changes


def open_session(payments: stripe.StripeClient, **changes: Any) -> Any:
    return payments.v1.checkout.sessions.create(order(**changes))


def events(receiver: Any, count: int) -> list[Any]:
    """What arrived, each checked by Stripe's own signature code first."""
    got = receiver.wait_for(count)
    return [
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], SECRET)
        for path, headers, body in got
        if path == "/webhook/stripe"
    ]


def test_a_paid_session_is_complete_and_says_so_in_a_signed_webhook(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments)
    assert (session.status, session.payment_status, session.amount_total) == (
        "open",
        "unpaid",
        1000,
    )
    outcome = sandbox.post(f"/stripe/sessions/{session.id}/pay", {"card": "4242 4242 4242 4242"})
    assert outcome["paid"]
    [event] = events(receiver, 1)
    assert event.type == "checkout.session.completed"
    assert event.data.object.metadata["prescription_id"] == "rx_1"
    expand: Any = {"expand": ["payment_intent"]}
    found = payments.v1.checkout.sessions.retrieve(session.id, expand)
    assert (found.status, found.payment_status) == ("complete", "paid")
    assert isinstance(found.payment_intent, stripe.PaymentIntent)
    assert found.payment_intent.amount_received == 1000


def test_a_declined_card_leaves_the_session_open_for_another(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments)
    declined = sandbox.post(f"/stripe/sessions/{session.id}/pay", {"card": "4000000000000002"})
    assert declined["message"] == "Your card was declined."
    [event] = events(receiver, 1)
    assert event.type == "payment_intent.payment_failed"
    assert event.data.object.last_payment_error.decline_code == "generic_decline"
    assert sandbox.post(f"/stripe/sessions/{session.id}/pay")["paid"]


def test_the_same_key_opens_one_session_and_refuses_other_input(
    payments: stripe.StripeClient,
) -> None:
    key: Any = {"idempotency_key": "rx_1/1"}
    first = payments.v1.checkout.sessions.create(order(), key)
    again = payments.v1.checkout.sessions.create(order(), key)
    assert again.id == first.id
    with pytest.raises(stripe.IdempotencyError):
        payments.v1.checkout.sessions.create(order(client_reference_id="rx_2"), key)


def test_a_refund_happens_once_and_is_told(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments)
    sandbox.post(f"/stripe/sessions/{session.id}/pay")
    intent = payments.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert isinstance(intent, str)
    refund = payments.v1.refunds.create({"payment_intent": intent})
    assert (refund.status, refund.amount) == ("succeeded", 1000)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payments.v1.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_already_refunded"
    kinds = [event.type for event in events(receiver, 3)]  # paid, and two about the refund
    assert "charge.refunded" in kinds


def test_an_expired_session_takes_no_card(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments, expires_at=int(time.time()) + 1800)
    assert payments.v1.checkout.sessions.expire(session.id).status == "expired"
    assert [event.type for event in events(receiver, 1)] == ["checkout.session.expired"]
    answer = sandbox.http.post(f"/sandbox/stripe/sessions/{session.id}/pay", json={})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"success_url": ""}, "success_url"),
        ({"line_items": []}, "line_items"),
        ({"expires_at": 1}, "expires_at"),
    ],
)
def test_a_wrong_order_is_refused_with_the_parameter_named(
    payments: stripe.StripeClient, changes: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        open_session(payments, **changes)
    assert refused.value.param == param


def test_a_wrong_key_is_refused(sandbox: Any) -> None:
    addresses: Any = {"api": f"{sandbox.url}/stripe"}
    stranger = stripe.StripeClient("sk_test_other", base_addresses=addresses)
    with pytest.raises(stripe.AuthenticationError):
        open_session(stranger)


def test_the_hosted_page_declines_in_words_and_sends_the_payer_back_after_paying(
    sandbox: Any, payments: stripe.StripeClient
) -> None:
    session = open_session(payments)
    assert "$10.00" in sandbox.http.get(session.url).text
    declined = sandbox.http.post(session.url, data={"card": "4000000000000002"})
    assert "Your card was declined." in declined.text
    paid = sandbox.http.post(session.url, data={"card": "4242424242424242"})
    assert paid.status_code == 303
    assert paid.headers["location"] == f"http://portal.localhost/paid?session={session.id}"
    assert "This payment is complete." in sandbox.http.get(session.url).text


def test_a_webhook_is_retried_until_it_is_taken(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    receiver.refuse_first = 1
    session = open_session(payments)
    sandbox.post(f"/stripe/sessions/{session.id}/pay")
    first, second = events(receiver, 2)
    assert first.id == second.id
    [delivery] = sandbox.items("/webhooks", about=session.id)
    assert [attempt["status"] for attempt in delivery["attempts"]] == [500, 200]


def test_the_same_webhook_comes_again_fresh_stale_or_forged(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments)
    sandbox.post(f"/stripe/sessions/{session.id}/pay")
    receiver.wait_for(1)
    for how in ({}, {"age_s": 600}, {"forge": True}):
        assert sandbox.post(f"/stripe/sessions/{session.id}/resend", how)["status"] == 200
    fresh, stale, forged = receiver.wait_for(4)[1:]
    assert json.loads(fresh[2]) == json.loads(receiver.got[0][2])
    stripe.Webhook.construct_event(fresh[2], fresh[1]["Stripe-Signature"], SECRET)
    for bad in (stale, forged):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(bad[2], bad[1]["Stripe-Signature"], SECRET)


def test_one_kind_of_webhook_is_picked_to_come_again(
    sandbox: Any, payments: stripe.StripeClient, receiver: Any
) -> None:
    session = open_session(payments)
    for card in ("4000000000000002", "4242424242424242"):
        sandbox.post(f"/stripe/sessions/{session.id}/pay", {"card": card})
    receiver.wait_for(2)
    kind = "payment_intent.payment_failed"
    sandbox.post(f"/stripe/sessions/{session.id}/resend", {"type": kind})
    assert events(receiver, 3)[2].type == kind


def test_sessions_are_found_by_reference(sandbox: Any, payments: stripe.StripeClient) -> None:
    session = open_session(payments)
    open_session(payments, client_reference_id="rx_2", metadata={})
    assert [found["id"] for found in sandbox.items("/stripe/sessions", reference="rx_1")] == [
        session.id
    ]
