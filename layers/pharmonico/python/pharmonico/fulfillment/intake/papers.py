"""The papers of intake: messages that came before the one they are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from pharmonico.fulfillment.documents import Document


class Parked(Document):
    """A CancelRx without its prescription, kept under a key that the prescription will have."""

    kind: ClassVar[str] = "parked"
    client_id: str
    media_type: str
    raw_base64: str
    message: dict[str, Any]
    parked_at: datetime
    expires_at: datetime
    applied_to: str | None = None
