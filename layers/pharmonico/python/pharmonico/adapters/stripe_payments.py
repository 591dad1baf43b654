"""Checkout sessions and refunds at Stripe.

What Stripe is told is an amount and our ids: no patient, no medicine. Requests are repeated by
the SDK under their idempotency keys, so a repetition never charges or refunds twice.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import stripe

from pharmonico.adapters.partners import watched
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.stripe_words import refund_status
from pharmonico.fulfillment.payment.checkout import Receipt, Session
from pharmonico.kit.errors import Conflict, Rejected, Unavailable
from pharmonico.kit.money import Money
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from stripe.params import RefundCreateParams, RefundListParams
    from stripe.params.checkout import SessionCreateParams

    from pharmonico.fulfillment.payment.checkout import Bearer, Demand, RefundDemand

T = TypeVar("T")

CONNECT_TIMEOUT_S = 3
READ_TIMEOUT_S = 8
RETRIES_MAX = 1
ITEM_NAME = "Pharmacy order"
REFUNDS_READ = 100


class StripeCheckouts:
    """`portal_url` is where the patient returns to, paid or not."""

    def __init__(self, client: stripe.StripeClient, *, portal_url: str) -> None:
        self._client = client
        self._portal_url = portal_url

    def open(self, demand: Demand) -> Session:
        made = _asked(
            lambda: self._client.v1.checkout.sessions.create(
                _order(demand, self._portal_url), {"idempotency_key": demand.key}
            )
        )
        return _session(made)

    def close(self, session_id: str) -> Session:
        sessions = self._client.v1.checkout.sessions
        try:
            return _session(_asked(lambda: sessions.expire(session_id)))
        except Rejected:
            found = _session(_asked(lambda: sessions.retrieve(session_id)))
            if found.state == "open":
                raise
            return found

    def refund(self, demand: RefundDemand) -> Receipt:
        """Stripe forgets idempotency keys after a day, so the refund is first looked for by name.

        All that is left may also have been given back before, by hand.
        """
        refunds = self._client.v1.refunds
        of_it: RefundListParams = {"payment_intent": demand.payment_intent, "limit": REFUNDS_READ}
        found = _asked(lambda: refunds.list(of_it)).data
        for made in found:
            if _ids(made.metadata).get("refund") == demand.key:
                return _receipt(made)
        try:
            return _receipt(_asked(lambda: refunds.create(_return(demand), _once(demand))))
        except Conflict:
            if demand.amount is not None or not found:
                raise
            return _receipt(found[0])

    def whose(self, payment_intent: str) -> Bearer | None:
        intents = self._client.v1.payment_intents
        try:
            made = _asked(lambda: intents.retrieve(payment_intent))
        except Rejected:
            return None
        ids = _ids(made.metadata)
        attempt = str(ids.get("attempt", ""))
        if "prescription_id" not in ids or not attempt.isdecimal():
            return None
        return ids["prescription_id"], int(attempt)


def _order(demand: Demand, portal_url: str) -> SessionCreateParams:
    """The same demand always gives the same words, as the idempotency key requires."""
    ids = {"prescription_id": demand.prescription_id, "attempt": str(demand.attempt)}
    return {
        "mode": "payment",
        "allowed_payment_method_types": ["card"],
        "client_reference_id": demand.prescription_id,
        "metadata": ids,
        "payment_intent_data": {"metadata": ids},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": demand.amount.currency.lower(),
                    "unit_amount": demand.amount.amount_minor,
                    "product_data": {"name": ITEM_NAME},
                },
            }
        ],
        "success_url": f"{portal_url}/pay?back=paid",
        "cancel_url": f"{portal_url}/pay?back=open",
    }


def _ids(metadata: stripe.StripeObject | None) -> dict[str, Any]:
    """What we have written beside a thing of theirs; one made by hand has nothing of ours."""
    return metadata.to_dict() if metadata is not None else {}


def _return(demand: RefundDemand) -> RefundCreateParams:
    ids = {"prescription_id": demand.prescription_id, "attempt": str(demand.attempt)}
    asked: RefundCreateParams = {
        "payment_intent": demand.payment_intent,
        "metadata": {**ids, "refund": demand.key},
    }
    if demand.amount is not None:
        asked["amount"] = demand.amount.amount_minor
    return asked


def _once(demand: RefundDemand) -> stripe.RequestOptions:
    return {"idempotency_key": f"refund:{demand.payment_intent}:{demand.key}"}


def _receipt(made: stripe.Refund) -> Receipt:
    amount = Money(amount_minor=made.amount, currency=made.currency.upper())
    return Receipt(made.id, refund_status(made.status), amount)


def _session(made: stripe.checkout.Session) -> Session:
    paid = made.payment_status == "paid"
    intent = made.payment_intent
    return Session(
        id=made.id,
        state="paid" if paid else "expired" if made.status == "expired" else "open",
        expires_at=datetime.fromtimestamp(made.expires_at, UTC),
        url=made.url,
        payment_intent=intent if intent is None or isinstance(intent, str) else intent.id,
        paid=_came(made) if paid else None,
    )


def _came(made: stripe.checkout.Session) -> Money | None:
    if made.amount_total is None or made.currency is None:
        return None
    return Money(amount_minor=made.amount_total, currency=made.currency.upper())


def _asked(call: Callable[[], T]) -> T:
    """Stripe's errors in our words; their messages stay out, they may quote what was sent."""
    try:
        return call()
    except stripe.InvalidRequestError as error:
        raise _refusal(error) from error
    except (stripe.CardError, stripe.IdempotencyError) as error:
        raise Rejected("payment.provider_rejected", "The payment provider refused.") from error
    except stripe.StripeError as error:
        raise Unavailable(
            "payment.provider_unavailable", "The payment provider does not answer now."
        ) from error


def _refusal(error: stripe.InvalidRequestError) -> Rejected:
    if error.code == "amount_too_small":
        return Rejected("payment.amount_too_small", "Cards cannot be charged so small an amount.")
    if error.code == "charge_already_refunded":
        return Conflict("payment.already_refunded", "This payment was given back before.")
    return Rejected("payment.provider_rejected", "The payment provider refused.")


@lru_cache(maxsize=2)
def _client(api_key: str, url: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        api_key,
        base_addresses={"api": url} if url else None,
        max_network_retries=RETRIES_MAX,
        http_client=stripe.RequestsClient(timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S)),
    )


def checkouts() -> StripeCheckouts:
    client = _client(secrets().stripe_api_key, settings().STRIPE_URL)
    return watched("stripe", StripeCheckouts(client, portal_url=settings().PORTAL_URL))
