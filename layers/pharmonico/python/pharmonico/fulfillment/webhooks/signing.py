"""Signatures as the Standard Webhooks specification 1.0 has them (standardwebhooks.com).

Its own Python library would bring httpx, attrs and dateutil into the function for these few lines.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """`whsec_` and the base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(
    message_id: str, body: bytes, *, secrets: Sequence[str], at_s: int
) -> dict[str, str]:
    """Id, time (seconds) and a signature per secret; a receiver is content with one that fits."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(_signature(message_id, body, each, at_s) for each in secrets),
    }


def _signature(message_id: str, body: bytes, secret: str, at_s: int) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{at_s}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
