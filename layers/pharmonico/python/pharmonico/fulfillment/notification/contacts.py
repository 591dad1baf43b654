"""How a patient wants to hear from us, and which numbers want no SMS."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

FROZEN = ConfigDict(frozen=True, defer_build=True)
PHONE_DIGITS = 10


class Hours(BaseModel):
    """From one full hour to another of the wall clock, over midnight as a rule; never all day."""

    model_config = FROZEN

    begin: int = Field(ge=0, le=23)
    end: int = Field(ge=0, le=23)

    def holds(self, hour: int) -> bool:
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


def read_hours(text: str) -> Hours | None:
    """`21-8`: from nine in the evening to eight in the morning; empty: the day is as the night."""
    begin, _, end = text.partition("-")
    return Hours(begin=int(begin), end=int(end)) if text else None


class Wishes(BaseModel):
    """Of one patient, whatever the prescription.

    `channels` is the one to try first, the other taking over when it fails, or both. `quiet` None
    means the deployment's own hours, `language` None the enrollment's.
    """

    model_config = FROZEN

    patient_id: str
    version: int = 0
    channels: Literal["email", "sms", "both"] = "email"
    language: Literal["en", "es"] | None = None
    quiet: Hours | None = None


class Stop(BaseModel):
    """A number said STOP (or START again); `number` is its blind key."""

    model_config = FROZEN

    number: str
    stopped: bool
    at: datetime


class Contacts(Protocol):
    """Wishes by patient, and stops by number."""

    def wishes(self, patient_id: str) -> Wishes:
        """What the patient wishes; the usual where nothing was said."""
        ...

    def put_wishes(self, wishes: Wishes) -> Wishes:
        """Write over the version that was read; `VersionConflict` when another came first."""
        ...

    def stop(self, number: str) -> Stop | None: ...

    def put_stop(self, stop: Stop) -> None:
        """The last word counts."""
        ...


def number_key(phone: str, *, key: str) -> str:
    """A phone number's blind key, the same however it is written."""
    digits = "".join(letter for letter in phone if letter.isdigit())[-PHONE_DIGITS:]
    return hmac.new(key.encode(), f"phone:{digits}".encode(), hashlib.sha256).hexdigest()[:32]
