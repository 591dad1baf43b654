"""A vault and a signer in memory."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit.ports import Kept, Signature
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator


class MemoryVault:
    """`files` is every version of a file, oldest first; None is a deletion laid over it."""

    def __init__(self) -> None:
        self.files: dict[str, list[bytes | None]] = {}

    def keep(self, key: str, data: bytes) -> None:
        if self.files.get(key):
            raise VersionConflict
        self.files[key] = [data]

    def kept(self, prefix: str, *, at_or_after: str = "") -> Iterator[Kept]:
        for key in sorted(self.files):
            versions = self.files[key]
            if key.startswith(prefix) and key >= at_or_after and versions[0] is not None:
                yield Kept(key, versions[0], is_covered=len(versions) > 1)

    def newest(self, prefix: str) -> Kept | None:
        return next(reversed(list(self.kept(prefix))), None)

    def share(self, key: str, data: bytes, *, ttl_s: int) -> str:
        self.files[key] = [data]
        return f"memory:{key}?for={ttl_s}"


class MemorySigner:
    """Signs with a secret of its own."""

    def __init__(self, secret: bytes = b"memory") -> None:
        self._secret = secret

    def sign(self, data: bytes) -> Signature:
        return Signature("HMAC_SHA_256", "memory", self._value(data))

    def holds(self, data: bytes, signature: Signature) -> bool:
        return hmac.compare_digest(signature.value, self._value(data))

    def _value(self, data: bytes) -> str:
        return base64.b64encode(hmac.digest(self._secret, data, hashlib.sha256)).decode()
