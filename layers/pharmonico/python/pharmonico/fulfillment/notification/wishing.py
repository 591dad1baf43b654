"""Patients, or ops for them, say how they want to hear from us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.notification.contacts import Hours
from pharmonico.fulfillment.retrying import on_conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.contacts import Contacts, Wishes


class Said(BaseModel):
    """All of it at once; null hours are the usual ones, a null language the enrollment's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channels: Literal["email", "sms", "both"] = "email"
    language: Literal["en", "es"] | None = None
    quiet: Hours | None = None


def say(patient_id: str, said: Said, *, contacts: Contacts) -> Wishes:
    """Keep what was said, in place of what was said before."""

    def attempt() -> Wishes:
        update = {"channels": said.channels, "language": said.language, "quiet": said.quiet}
        return contacts.put_wishes(contacts.wishes(patient_id).model_copy(update=update))

    return on_conflict(attempt)


def said_of(wishes: Wishes) -> Said:
    return Said(channels=wishes.channels, language=wishes.language, quiet=wishes.quiet)
