"""A short link to the order's own page in the portal, and from there to the open checkout.

The checkout's address does not fit into an SMS; and the patient sees what is to be paid before a
card is asked for. The reference stands behind `#`, where no log and no proxy reads it.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Gone
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders, Tokens

REFERENCE_BYTES = 16
REFERENCE_TTL_S = 30 * 86_400
"""Until the parcel should have arrived: the same link then shows where it is."""
PAGE = "/pay"
PATH = "/api/v1/portal/pay"


def mint_payment_link(order_id: str, *, tokens: Tokens, portal_url: str) -> str:
    """A link to the page that says what is to be paid, and later where the order is."""
    return f"{portal_url}{PAGE}#r={mint_reference(order_id, tokens=tokens)}"


def mint_reference(order_id: str, *, tokens: Tokens) -> str:
    """What opens the order's own page for 30 days; it is kept as a hash alone."""
    reference = secrets.token_urlsafe(REFERENCE_BYTES)
    tokens.put(_key(reference), order_id, ttl_s=REFERENCE_TTL_S)
    return reference


def order_of(reference: str, *, tokens: Tokens) -> str:
    """The prescription behind a reference; Gone `link.expired` where there is none."""
    order_id = tokens.get(_key(reference))
    if order_id is None:
        raise Gone("link.expired", "This link opens nothing any more.")
    return order_id


def checkout_url(reference: str, *, orders: Orders, tokens: Tokens) -> str | None:
    """The address of the open checkout, or None when there is nothing to pay any more."""
    order_id = tokens.get(_key(reference))
    return open_checkout(order_id, orders=orders) if order_id else None


def open_checkout(order_id: str, *, orders: Orders) -> str | None:
    """The same by the prescription."""
    if orders.get(order_id).status is not Status.AWAITING_PAYMENT:
        return None
    payments = orders.documents(order_id, Payment)
    waiting = [payment for payment in payments if payment.status == "open" and payment.url]
    return max(waiting, key=lambda payment: payment.attempt).url if waiting else None


def _key(reference: str) -> str:
    return f"pay#{fingerprint(reference)}"
