"""Texts sealed with a key of their own (Fernet: AES-128-CBC with HMAC-SHA256)."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

_PURPOSE = b"pharmonico staff session\x00"


class FernetSealer:
    """The key may be any text with enough randomness in it, such as a session's reference."""

    def seal(self, text: str, *, key: str) -> str:
        return _fernet(key).encrypt(text.encode()).decode()

    def unseal(self, sealed: str, *, key: str) -> str | None:
        try:
            return _fernet(key).decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def _fernet(key: str) -> Fernet:
    digest = hashlib.sha256(_PURPOSE + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
