"""Opaque cursors of lists: where a page ended, signed for the list it belongs to.

A page may end at something that its reader does not see, so the place is masked as well. The mask
follows from the signature: the same place in the same list is always the same cursor.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from pharmonico.kit.errors import Invalid

LIMIT_MAX = 100
_SIGNATURE_BYTES = 16


def write_cursor(after: str | None, *, scope: str, key: str) -> str | None:
    """The cursor for the next page, or None on the last.

    `scope` names the list (caller and filters): a cursor of one list is refused by another.
    """
    if after is None:
        return None
    signature = _signature(after, scope, key)
    cursor = signature + _masked(after.encode(), signature, key)
    return base64.urlsafe_b64encode(cursor).decode().rstrip("=")


def read_cursor(cursor: str | None, *, scope: str, key: str) -> str | None:
    """Where the previous page ended; `Invalid` for anything we did not write for this list."""
    if not cursor:
        return None
    try:
        signed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        signature = signed[:_SIGNATURE_BYTES]
        after = _masked(signed[_SIGNATURE_BYTES:], signature, key).decode()
    except (binascii.Error, ValueError) as error:
        raise _bad() from error
    if not hmac.compare_digest(signature, _signature(after, scope, key)):
        raise _bad()
    return after


def _signature(after: str, scope: str, key: str) -> bytes:
    message = f"cursor\x1f{scope}\x1f{after}".encode()
    return hmac.digest(key.encode(), message, hashlib.sha256)[:_SIGNATURE_BYTES]


def _masked(text: bytes, signature: bytes, key: str) -> bytes:
    """Masked twice it is itself again."""
    mask = hashlib.shake_256(b"\x1f".join((b"cursor mask", key.encode(), signature)))
    return bytes(a ^ b for a, b in zip(text, mask.digest(len(text)), strict=True))


def _bad() -> Invalid:
    return Invalid("request.bad_cursor", "This cursor does not belong to this list.")
