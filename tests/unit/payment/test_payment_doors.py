"""The payment doors over HTTP: Stripe's webhook proves itself, ops sends links by key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.secrets import Secrets
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.status import Status
from pharmonico.lambdas.http.guard import Door
from stripe import WebhookSignature

from functions.payments_api import handler as payments_api
from functions.webhook_stripe import handler as webhook_stripe
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from tests.unit.payment.conftest import Till

SECRET = "whsec_for_tests"
KEYS = Secrets(stripe_webhook_secret=SECRET, signing_key="k" * 32)


class Badges:
    """Knows every role by its name."""

    def verify(self, token: str) -> Caller:
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({Role(token)}))


@dataclass
class Doors:
    till: Till

    def stripe_sends(self, event: dict[str, Any], **forging: Any) -> Answer:
        """Stripe posts an event, signed at this moment unless told otherwise."""
        body = json.dumps(event)
        at = int(self.till.clock.now().timestamp()) - forging.get("age_s", 0)
        signature = WebhookSignature.generate_signature_header(
            body, forging.get("secret", SECRET), at
        )
        sent = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": forging.get("signature", signature),
        }
        said = forging.get("body", body)
        return send(
            webhook_stripe.lambda_handler, "POST", "/webhook/stripe", body=said, headers=sent
        )

    def ops_asks(
        self,
        who: str = "ops",
        key: str = "key-1",
        path: str = "/api/payments/create-link",
        **body: Any,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {who}", **({"Idempotency-Key": key} if key else {})}
        asked = {"prescription_id": "rx_01TEST", **body}
        return send(payments_api.lambda_handler, "POST", path, body=asked, headers=headers)


@pytest.fixture
def doors(till: Till, monkeypatch: pytest.MonkeyPatch) -> Doors:
    tokens = MemoryTokens(clock=till.clock)
    monkeypatch.setattr(aws, "orders", lambda: till.orders)
    monkeypatch.setattr(aws, "CLOCK", till.clock)
    monkeypatch.setattr(webhook_stripe, "secrets", lambda: KEYS)
    monkeypatch.setattr(webhook_stripe, "checkouts", lambda: till.checkouts)
    monkeypatch.setattr(payments_api, "checkouts", lambda: till.checkouts)
    monkeypatch.setattr(payments_api.api, "_door", Door(verifier=Badges))
    monkeypatch.setattr(payments_api.api, "_tokens", lambda: tokens)
    till.given()
    till.ask()
    return Doors(till)


def completed(till: Till, **changes: Any) -> dict[str, Any]:
    """`checkout.session.completed` as Stripe sends it, after the patient has paid."""
    session = till.checkouts.pay("cs_1")
    thing = {
        "id": session.id,
        "object": "checkout.session",
        "payment_status": "paid",
        "payment_intent": session.payment_intent,
        "amount_total": 1250,
        "currency": "usd",
        "metadata": {"prescription_id": "rx_01TEST", "attempt": "1"},
        **changes,
    }
    return event("checkout.session.completed", thing)


def event(kind: str, thing: dict[str, Any]) -> dict[str, Any]:
    return {"id": "evt_1", "object": "event", "type": kind, "data": {"object": thing}}


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
    assert doors.till.order.status is Status.AWAITING_PAYMENT


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
