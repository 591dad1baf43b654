"""An address that is told of events, and whose it is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

FROZEN = ConfigDict(frozen=True, defer_build=True)

EventType = Literal[
    "validation_failed",
    "enrollment_expired",
    "pharmacy_selected",
    "claim_rejected",
    "prescription_dispensed",
    "dispense_refused",
    "shipping_label_generated",
    "delivered",
    "delivery_exception",
    "prescription_completed",
    "prescription_cancelled",
]
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
"""What may be subscribed to: what a clinic or a maker acts upon, no step of ours between."""

LABELER = re.compile(r"\d{5}")
NDC_DIGITS = 11


class Secret(BaseModel):
    """A signing secret, `whsec_` and base64; after `ends_at` nothing is signed with it."""

    model_config = FROZEN

    value: str = Field(repr=False)
    ends_at: datetime | None = None

    def signs_at(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at


class Endpoint(BaseModel):
    """`audience` is `client#<id>` of a provider or `labeler#<five digits>` of a manufacturer."""

    model_config = FROZEN

    endpoint_id: str
    version: int = 0
    audience: str
    url: str
    events: tuple[EventType, ...]
    description: str = ""
    secrets: tuple[Secret, ...] = Field(repr=False)
    status: Literal["active", "paused", "gone"] = "active"
    """Gone: it answered 410 itself. Whoever owns it may take it up again, as after a pause."""
    created_at: datetime
    created_by: str

    def hears(self, event_type: str) -> bool:
        return event_type in self.events

    def signing(self, now: datetime) -> tuple[str, ...]:
        """The secrets to sign with, the newest first."""
        return tuple(secret.value for secret in self.secrets if secret.signs_at(now))


def client_audience(client_id: str) -> str:
    return f"client#{client_id}"


def labeler_audience(labeler: str) -> str:
    return f"labeler#{labeler}"


def labeler_of(ndc: str | None) -> str | None:
    """The maker's part of an NDC in 5-4-2 form; None where the form does not tell it."""
    digits = (ndc or "").replace("-", "")
    return digits[:5] if len(digits) == NDC_DIGITS and digits.isdigit() else None
