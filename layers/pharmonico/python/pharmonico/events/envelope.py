"""What every event carries besides its data: who, when, why and which conversation."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

FROZEN = ConfigDict(frozen=True, defer_build=True)
"""Deferred: a cold function builds the events it meets, not the whole language (40 ms)."""


class Actor(BaseModel):
    """Who caused it: a person's or client's id and the role they acted in."""

    model_config = FROZEN

    id: str
    role: str


SYSTEM = Actor(id="system", role="system")


class Meta(BaseModel):
    """Envelope facts; `event_id` is what consumers deduplicate by."""

    model_config = FROZEN

    event_id: str
    occurred_at: datetime
    correlation_id: str
    causation_id: str | None = None
    actor: Actor


class EventData(BaseModel):
    """Base of every event's data: ids and statuses, never PHI."""

    model_config = FROZEN


D = TypeVar("D", bound=EventData)


class Event(BaseModel, Generic[D]):
    """One published fact; subclasses fix `source`, `detail_type` and the data's class."""

    model_config = FROZEN

    source: ClassVar[str]
    detail_type: ClassVar[str]
    version: ClassVar[int] = 1

    meta: Meta
    data: D
