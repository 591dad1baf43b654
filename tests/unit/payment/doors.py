"""The payment doors with everything behind them in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters import aws
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.secrets import Secrets
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.lambdas.http.guard import Door
from stripe import WebhookSignature

from functions.payments_api import handler as payments_api
from functions.payments_api import links
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

    def asks(
        self,
        method: str,
        path: str,
        who: str = "ops",
        *,
        body: dict[str, Any] | None = None,
        key: str = "key-1",
        revision: int | None = None,
    ) -> Answer:
        named = self.till.order.revision if revision is None else revision
        headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": key}
        headers |= {"If-Match": f'"v{named}"'} if method == "POST" else {}
        return send(payments_api.lambda_handler, method, path, body=body, headers=headers)


@pytest.fixture
def doors(till: Till, monkeypatch: pytest.MonkeyPatch) -> Doors:
    tokens = MemoryTokens(clock=till.clock)
    monkeypatch.setattr(aws, "orders", lambda: till.orders)
    monkeypatch.setattr(aws, "CLOCK", till.clock)
    monkeypatch.setattr(webhook_stripe, "secrets", lambda: KEYS)
    monkeypatch.setattr(webhook_stripe, "checkouts", lambda: till.checkouts)
    monkeypatch.setattr(links, "checkouts", lambda: till.checkouts)
    monkeypatch.setattr(aws, "audit_trail", lambda: till.trail)
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
