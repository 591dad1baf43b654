"""Stripe's webhook: its signature by Stripe's own SDK, its events as our notices."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal

from stripe import SignatureVerificationError, WebhookSignature

from pharmonico.adapters.stripe_words import dispute_status, refund_status
from pharmonico.adapters.webhook_signatures import forged, must_be_fresh
from pharmonico.fulfillment.payment.checkout import DisputeNotice, Notice, RefundNotice
from pharmonico.kit.errors import Invalid
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.payment.checkout import Bearer
    from pharmonico.kit.clock import Clock

Kind = Literal["paid", "expired", "declined"]
_OURS, _ATTEMPT = re.compile(r"rx_[0-9A-Za-z_]{1,60}"), re.compile(r"[0-9]{1,6}")

_COMPLETED = ("checkout.session.completed", "checkout.session.async_payment_succeeded")


_REFUNDS = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")


def must_be_stripes(body: bytes, *, header: str, secret: str, clock: Clock) -> None:
    """`Rejected` with `signature.invalid`, or `signature.stale` after five minutes.

    The SDK's own tolerance asks the machine's clock, and tells forged from stale only by text.
    """
    try:
        WebhookSignature.verify_header(body.decode(), header, secret)
    except (SignatureVerificationError, UnicodeDecodeError) as error:
        raise forged() from error
    must_be_fresh(header, clock=clock)


def read_notice(body: bytes) -> Notice | RefundNotice | DisputeNotice | None:
    """The notice in a proven body; None for events that do not concern us.

    `Invalid` for what is no event of Stripe's form, whoever signed it.
    """
    try:
        return _read(json.loads(body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("webhook.unreadable", "This is not an event of Stripe's.") from error


def _read(event: Any) -> Notice | RefundNotice | DisputeNotice | None:
    thing = event["data"]["object"]
    match thing.get("object"):
        case "refund" if event["type"] in _REFUNDS:
            return _refund(event["id"], thing)
        case "dispute" if event["type"].startswith("charge.dispute."):
            return _dispute(event["id"], thing)
        case _:
            return _payment(event, thing)


def _payment(event: dict[str, Any], thing: dict[str, Any]) -> Notice | None:
    kind, bearer = _kind(event["type"], thing), _bearer(thing)
    if kind is None or bearer is None:
        return None
    return Notice(
        event_id=event["id"],
        kind=kind,
        prescription_id=bearer[0],
        attempt=bearer[1],
        session_id=thing["id"] if thing.get("object") == "checkout.session" else None,
        payment_intent=thing.get("payment_intent"),
        amount=_amount(thing.get("amount_total"), thing.get("currency")),
    )


def _refund(event_id: str, thing: dict[str, Any]) -> RefundNotice | None:
    """One made by hand at the provider has no key of ours, and does not say whose it is."""
    amount = _amount(thing.get("amount"), thing.get("currency"))
    intent = thing.get("payment_intent")
    if amount is None or intent is None:
        return None
    return RefundNotice(
        event_id=event_id,
        refund_id=thing["id"],
        payment_intent=intent,
        status=refund_status(thing.get("status")),
        amount=amount,
        key=(thing.get("metadata") or {}).get("refund"),
        bearer=_bearer(thing),
    )


def _dispute(event_id: str, thing: dict[str, Any]) -> DisputeNotice | None:
    amount = _amount(thing.get("amount"), thing.get("currency"))
    intent = thing.get("payment_intent")
    if amount is None or intent is None:
        return None
    return DisputeNotice(
        event_id=event_id,
        dispute_id=thing["id"],
        payment_intent=intent,
        status=dispute_status(thing["status"]),
        reason=thing.get("reason") or "general",
        amount=amount,
        bearer=_bearer(thing),
    )


def _bearer(thing: dict[str, Any]) -> Bearer | None:
    metadata = thing.get("metadata") or {}
    attempt = str(metadata.get("attempt", ""))
    prescription_id = str(metadata.get("prescription_id", ""))
    if not _OURS.fullmatch(prescription_id) or not _ATTEMPT.fullmatch(attempt):
        return None
    return prescription_id, int(attempt)


def _kind(event_type: str, thing: dict[str, Any]) -> Kind | None:
    if event_type in _COMPLETED:
        return "paid" if thing.get("payment_status") == "paid" else None
    kinds: dict[str, Kind] = {
        "checkout.session.expired": "expired",
        "checkout.session.async_payment_failed": "declined",
        "payment_intent.payment_failed": "declined",
    }
    return kinds.get(event_type)


def _amount(minor: int | None, currency: str | None) -> Money | None:
    if minor is None or currency is None:
        return None
    return Money(amount_minor=minor, currency=currency.upper())
