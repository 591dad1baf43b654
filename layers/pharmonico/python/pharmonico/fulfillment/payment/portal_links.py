"""A short link to the open checkout: the checkout's own address does not fit into an SMS."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.machine.waits import TIMEOUT_S, WaitName
from pharmonico.fulfillment.status import Status
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders, Tokens

REFERENCE_BYTES = 16
PATH = "/api/v1/portal/pay"


def mint_payment_link(order_id: str, *, tokens: Tokens, portal_url: str) -> str:
    """A link that leads to whatever checkout is open while the payment is awaited."""
    reference = secrets.token_urlsafe(REFERENCE_BYTES)
    tokens.put(f"pay#{fingerprint(reference)}", order_id, ttl_s=TIMEOUT_S[WaitName.PAYMENT])
    return f"{portal_url}{PATH}/{reference}"


def checkout_url(reference: str, *, orders: Orders, tokens: Tokens) -> str | None:
    """The address of the open checkout, or None when there is nothing to pay any more."""
    order_id = tokens.get(f"pay#{fingerprint(reference)}")
    if order_id is None or orders.get(order_id).status is not Status.AWAITING_PAYMENT:
        return None
    payments = orders.documents(order_id, Payment)
    waiting = [payment for payment in payments if payment.status == "open" and payment.url]
    return max(waiting, key=lambda payment: payment.attempt).url if waiting else None
