"""The audit's signatures: made in KMS, which keeps the key; proven by its public half.

Proving asks KMS for that half once, however many signatures there are.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pharmonico.adapters.clients import client
from pharmonico.fulfillment.audit.ports import Signature
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from types_boto3_kms import KMSClient

ALGORITHM: Final = "ECDSA_SHA_256"


class KmsSigner:
    """An asymmetric key on the curve P-256."""

    def __init__(self, client: KMSClient, key: str) -> None:
        self._client = client
        self._key = key

    def sign(self, data: bytes) -> Signature:
        answer = self._client.sign(
            KeyId=self._key,
            Message=_hashed(data),
            MessageType="RAW",
            SigningAlgorithm=ALGORITHM,
        )
        return Signature(ALGORITHM, self._key, base64.b64encode(answer["Signature"]).decode())

    def holds(self, data: bytes, signature: Signature) -> bool:
        from cryptography.exceptions import (  # noqa: PLC0415 - slow, and only who proves needs it
            InvalidSignature,
        )
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - the same
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - the same

        if (signature.algorithm, signature.key) != (ALGORITHM, self._key):
            return False
        try:
            value = base64.b64decode(signature.value, validate=True)
            self._public.verify(value, _hashed(data), ec.ECDSA(SHA256()))
        except (InvalidSignature, binascii.Error):
            return False
        return True

    @cached_property
    def _public(self) -> Any:
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - slow, see above
            load_der_public_key,
        )

        return load_der_public_key(self._client.get_public_key(KeyId=self._key)["PublicKey"])


def _hashed(data: bytes) -> bytes:
    """What KMS is given: it takes 4 KB at most, and hashes once more by itself.

    Its other way, to be given the last hash, is not known to every engine.
    """
    return hashlib.sha256(data).digest()


def signer() -> KmsSigner:
    return KmsSigner(client("kms"), settings().need("AUDIT_SIGNER"))
