"""Stripe's webhook: its signature by Stripe's own SDK, its events as our notices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from stripe import SignatureVerificationError, WebhookSignature

from pharmonico.adapters.webhook_signatures import forged, must_be_fresh
from pharmonico.fulfillment.payment.checkout import Notice
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock

Kind = Literal["paid", "expired", "declined"]

_COMPLETED = ("checkout.session.completed", "checkout.session.async_payment_succeeded")


def must_be_stripes(body: bytes, *, header: str, secret: str, clock: Clock) -> None:
    """`Rejected` with `signature.invalid`, or `signature.stale` after five minutes.

    The SDK's own tolerance asks the machine's clock, and tells forged from stale only by text.
    """
    try:
        WebhookSignature.verify_header(body.decode(), header, secret)
    except (SignatureVerificationError, UnicodeDecodeError) as error:
        raise forged() from error
    must_be_fresh(header, clock=clock)


def read_notice(body: bytes) -> Notice | None:
    """The notice in a proven body; None for events that do not concern us."""
    event = json.loads(body)
    thing = event["data"]["object"]
    kind = _kind(event["type"], thing)
    metadata = thing.get("metadata") or {}
    attempt = str(metadata.get("attempt", ""))
    if kind is None or "prescription_id" not in metadata or not attempt.isdecimal():
        return None
    return Notice(
        event_id=event["id"],
        kind=kind,
        prescription_id=metadata["prescription_id"],
        attempt=int(attempt),
        session_id=thing["id"] if thing["object"] == "checkout.session" else None,
        payment_intent=thing.get("payment_intent"),
        amount=_amount(thing),
    )


def _kind(event_type: str, thing: dict[str, Any]) -> Kind | None:
    if event_type in _COMPLETED:
        return "paid" if thing.get("payment_status") == "paid" else None
    kinds: dict[str, Kind] = {
        "checkout.session.expired": "expired",
        "checkout.session.async_payment_failed": "declined",
        "payment_intent.payment_failed": "declined",
    }
    return kinds.get(event_type)


def _amount(thing: dict[str, Any]) -> Money | None:
    minor, currency = thing.get("amount_total"), thing.get("currency")
    if minor is None or currency is None:
        return None
    return Money(amount_minor=minor, currency=currency.upper())
