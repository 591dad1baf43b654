"""Proof that a webhook comes from its provider, and is not an old one sent again.

Stripe and Shippo sign alike: `t=<seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. Where Shippo's
HMAC is not set up for an account, its other documented way is a token in the webhook's URL
(`?token=`). An address gets into logs on its way, so the token is a key of its own and proves
nothing once there is a secret to sign with.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from pharmonico.kit.errors import Rejected

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock

TOLERANCE_S = 300


def forged() -> Rejected:
    return Rejected("signature.invalid", "The signature does not fit this body.")


def must_be_fresh(header: str, *, clock: Clock) -> None:
    """Refuse a signature made more than five minutes from now, in either direction."""
    seconds = _field(header, "t")
    if not seconds.isdigit():
        raise forged()
    if abs(clock.now().timestamp() - int(seconds)) > TOLERANCE_S:
        raise Rejected("signature.stale", "The signature is too old.")


def must_be_shippos(body: bytes, *, header: str, secret: str, clock: Clock) -> None:
    """Refuse what Shippo's HMAC header does not prove."""
    if not secret:
        raise forged()
    signed = _field(header, "t").encode() + b"." + body
    wanted = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(_field(header, "v1").encode(), wanted.encode()):
        raise forged()
    must_be_fresh(header, clock=clock)


def must_know_token(given: str, *, token: str) -> None:
    """Refuse an address without the token that only Shippo was told."""
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise forged()


def _field(header: str, name: str) -> str:
    """A field of the header; one that is absent or given twice is empty."""
    pairs = [part.strip().partition("=") for part in header.split(",")]
    values = [value for key, _, value in pairs if key == name]
    return values[0] if len(values) == 1 else ""
