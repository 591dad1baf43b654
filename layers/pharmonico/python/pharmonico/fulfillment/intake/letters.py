"""A SCRIPT message as it came in, with the keys it is known by."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ncpdp

from pharmonico.fulfillment.documents import Script
from pharmonico.kit.errors import Invalid
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from ncpdp.script import NewRx, ScriptMessage

KEPT_CHARS_MAX = 350_000
"""A record of the store holds 400 KB; what is longer than this cannot be kept whole."""
_PATIENT_CHARS = 26


@dataclass(frozen=True, slots=True)
class Letter:
    """A readable message, the exact bytes it came in and the client that brought it."""

    message: ScriptMessage
    raw: bytes
    media_type: str
    client_id: str

    @property
    def sender(self) -> str:
        return self.message.header.from_.id or ""

    @property
    def format(self) -> str:
        return "json" if self.media_type == "application/json" else "xml"

    @property
    def body_hash(self) -> str:
        """Tells a replay from another message under the same id; JSON by content, not spacing."""
        if self.format == "json":
            return fingerprint(json.dumps(json.loads(self.raw), sort_keys=True))
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def key(self) -> str:
        return message_key(self.sender, self.message.header.message_id)

    def document(
        self, key: str = "1", *, bucket: str | None = None, holder: str | None = None
    ) -> Script:
        """The paper to keep; `Invalid` when no record can hold it."""
        raw = base64.b64encode(self.raw).decode()
        form: dict[str, Any] = ncpdp.to_json(self.message)
        if len(raw) + len(json.dumps(form)) > KEPT_CHARS_MAX:
            raise Invalid("message.too_long", "The message is too long to be kept whole.")
        return Script(
            key=key,
            media_type=self.media_type,
            raw_base64=raw,
            message=form,
            bucket=bucket,
            holder=holder,
        )


def message_key(sender: str, message_id: str) -> str:
    return fingerprint(sender, message_id)


def order_number_key(sender: str, order_number: str) -> str:
    return fingerprint(sender, order_number)


def patient_id(new_rx: NewRx, *, sender: str, key: str) -> str:
    """`pat_…`, the same for the same person: keyed hash of name, birth date and sender's number.

    Without the sender's record number the ZIP takes its place, so that two people of one name
    and birthday stay two. The key keeps anybody from guessing names back; changing it gives
    everybody new ids.
    """
    patient, name = new_rx.patient, new_rx.patient and new_rx.patient.name
    number = patient and patient.medical_record_number
    zip5 = ((patient and patient.address and patient.address.postal_code) or "")[:5]
    parts = (
        (name and name.last_name) or "",
        (name and name.first_name) or "",
        (patient and patient.date_of_birth) or "",
        f"{sender}:{number}" if number else zip5,
    )
    plain = "\x1f".join(" ".join(part.casefold().split()) for part in parts)
    digest = hmac.digest(key.encode(), plain.encode(), hashlib.sha256)
    return f"pat_{base64.b32encode(digest).decode()[:_PATIENT_CHARS]}"
