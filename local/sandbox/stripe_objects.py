"""Stripe's objects as the API prints them: session, payment intent, charge, refund, event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local.sandbox.state import Json

API_VERSION = "2026-10-28.endive"
SESSION_LIFE_S_DEFAULT = 24 * 3600
SESSION_LIFE_S_MIN = 30 * 60
AMOUNT_MINOR_MIN = 50
# A caller's clock may run a little ahead of ours; Stripe is as lenient.
CLOCK_SLACK_S = 60


class StripeRefusedError(Exception):
    """Stripe answers `{"error": {...}}` with an HTTP status."""

    def __init__(self, message: str, *, status: int = 400, **fields: str | None) -> None:
        super().__init__(message)
        self.status = status
        kind = fields.pop("type", None) or "invalid_request_error"
        self.error: Json = {"type": kind, "message": message, **fields}


def missing(param: str) -> StripeRefusedError:
    return StripeRefusedError(
        f"Missing required param: {param}.", code="parameter_missing", param=param
    )


def not_found(kind: str, identifier: str) -> StripeRefusedError:
    return StripeRefusedError(
        f"No such {kind}: '{identifier}'", status=404, code="resource_missing", param="id"
    )


def whole(value: Any, param: str) -> int:
    text = str(value)
    if not text.isdigit():
        raise StripeRefusedError(
            f"Invalid integer: {text}", code="parameter_invalid_integer", param=param
        )
    return int(text)


def session(order: Json, *, identifier: str, created: int, url: str) -> Json:
    """A new hosted Checkout Session in mode `payment`; refuses what Stripe refuses."""
    _check_order(order)
    items, currency = _line_items(order)
    amount = sum(item["amount_total"] for item in items)
    if amount < AMOUNT_MINOR_MIN:
        raise StripeRefusedError(
            "The Checkout Session's total amount due must add up to at least $0.50 usd",
            code="amount_too_small",
        )
    return {
        "id": identifier,
        "object": "checkout.session",
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": {"enabled": False, "status": None},
        "cancel_url": order.get("cancel_url"),
        "client_reference_id": order.get("client_reference_id"),
        "created": created,
        "currency": currency,
        "customer": order.get("customer"),
        "customer_details": None,
        "customer_email": order.get("customer_email"),
        "expires_at": _expires_at(order, created),
        "livemode": False,
        "locale": order.get("locale"),
        "metadata": order.get("metadata") or {},
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": order["success_url"],
        "ui_mode": "hosted",
        "url": url,
    }


def line_items(order: Json) -> Json:
    items, _ = _line_items(order)
    return {"object": "list", "data": items, "has_more": False}


def _check_order(order: Json) -> None:
    for param in ("mode", "success_url", "line_items"):
        if not order.get(param):
            raise missing(param)
    if order["mode"] != "payment":
        raise StripeRefusedError("The sandbox plays mode=payment only.", param="mode")


def _expires_at(order: Json, created: int) -> int:
    asked = order.get("expires_at")
    if asked is None:
        return created + SESSION_LIFE_S_DEFAULT
    expires_at = whole(asked, "expires_at")
    life_s = expires_at - created
    if not SESSION_LIFE_S_MIN - CLOCK_SLACK_S <= life_s <= SESSION_LIFE_S_DEFAULT + CLOCK_SLACK_S:
        raise StripeRefusedError(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.",
            param="expires_at",
        )
    return expires_at


def _line_items(order: Json) -> tuple[list[Json], str]:
    items: list[Json] = []
    for place, line in enumerate(order["line_items"]):
        price = line.get("price_data") or {}
        where = f"line_items[{place}][price_data]"
        if not price.get("currency"):
            raise missing(f"{where}[currency]")
        quantity = whole(line.get("quantity", 1), f"line_items[{place}][quantity]")
        unit = whole(price.get("unit_amount", ""), f"{where}[unit_amount]")
        items.append(
            {
                "id": f"li_{place}",
                "object": "item",
                "amount_subtotal": unit * quantity,
                "amount_total": unit * quantity,
                "currency": price["currency"],
                "description": (price.get("product_data") or {}).get("name", ""),
                "quantity": quantity,
            }
        )
    return items, items[0]["currency"]


def payment_intent(bill: Json, order: Json, *, identifier: str, created: int) -> Json:
    asked = order.get("payment_intent_data") or {}
    return {
        "id": identifier,
        "object": "payment_intent",
        "amount": bill["amount_total"],
        "amount_received": 0,
        "created": created,
        "currency": bill["currency"],
        "description": asked.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": asked.get("metadata") or {},
        "payment_method_types": ["card"],
        "status": "requires_payment_method",
    }


def charge(intent: Json, *, identifier: str, created: int, last4: str) -> Json:
    return {
        "id": identifier,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "captured": True,
        "created": created,
        "currency": intent["currency"],
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method_details": {"type": "card", "card": {"last4": last4}},
        "refunded": False,
        "status": "succeeded",
    }


def refund(paid: Json, order: Json, *, identifier: str, created: int) -> Json:
    open_amount = paid["amount"] - paid["amount_refunded"]
    amount = whole(order.get("amount", open_amount), "amount")
    if open_amount == 0:
        raise StripeRefusedError(
            f"Charge {paid['id']} has already been refunded.", code="charge_already_refunded"
        )
    if not 0 < amount <= open_amount:
        raise StripeRefusedError(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({open_amount})",
            param="amount",
        )
    return {
        "id": identifier,
        "object": "refund",
        "amount": amount,
        "charge": paid["id"],
        "created": created,
        "currency": paid["currency"],
        "metadata": order.get("metadata") or {},
        "payment_intent": paid["payment_intent"],
        "reason": order.get("reason"),
        "status": "succeeded",
    }


def dispute(paid: Json, *, identifier: str, created: int, reason: str) -> Json:
    """Stripe copies no metadata of the payment into it."""
    return {
        "id": identifier,
        "object": "dispute",
        "amount": paid["amount"],
        "charge": paid["id"],
        "created": created,
        "currency": paid["currency"],
        "metadata": {},
        "payment_intent": paid["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }


def event(kind: str, thing: Json, *, identifier: str, created: int) -> Json:
    return {
        "id": identifier,
        "object": "event",
        "api_version": API_VERSION,
        "created": created,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
