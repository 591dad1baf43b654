"""Twilio's inbound webhook: its signature, and the form it sends.

Signed is the address as it was told to Twilio followed by every field's name and value, sorted by
name, with HMAC-SHA1 under the account's token. There is no time in it: what comes again must do
nothing new. Twilio's SDK can check it too, but takes 200 ms to import.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pharmonico.adapters.webhook_signatures import forged

FIELDS_MAX = 100


@dataclass(frozen=True, slots=True)
class Inbound:
    """One SMS to us; `is_answered` when Twilio's own opt-out handling has replied."""

    phone: str
    text: str
    is_answered: bool


def must_be_twilios(body: bytes, *, url: str, header: str, token: str) -> dict[str, str]:
    """The form's fields; `Rejected` `signature.invalid` for what the header does not prove."""
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_MAX))
    except ValueError:
        raise forged() from None
    if not token or not hmac.compare_digest(header.encode(), signature(url, fields, token=token)):
        raise forged()
    return fields


def signature(url: str, fields: dict[str, str], *, token: str) -> bytes:
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest)


def read_inbound(fields: dict[str, str]) -> Inbound:
    return Inbound(
        phone=fields.get("From", ""),
        text=fields.get("Body", ""),
        is_answered=bool(fields.get("OptOutType")),
    )
