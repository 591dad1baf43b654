"""The papers of the desk: notes on prescriptions, and what is known of an open failure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pharmonico.fulfillment.documents import FROZEN, Document
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import in_utc

NOTES_MAX = 100
"""What one read of a prescription's papers returns."""

Effect = Literal[
    "claim_paid",
    "claim_reversed",
    "payment_taken",
    "payment_refunded",
    "label_bought",
    "label_voided",
    "dispensed",
]
LETTER = "Letter"
"""The step that letters to prescribers fail in; they stop no prescription."""
EVERYBODY = "everybody"
VIEWS_MAX = 100
"""Of one person, and of everybody."""

ActName = Literal["redrive", "start_enrollment", "release", "hold", "let_go", "assign"]
"""What may be done to many at once."""

LASTING: tuple[Effect, ...] = ("claim_paid", "payment_taken", "label_bought")
"""What somebody must have undone before a cancelled prescription is settled by hand."""


class Filters(BaseModel):
    """What a list shows, in the words of its query; nothing given shows everything."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    status: tuple[Status, ...] = Field(default=(), max_length=40)
    pharmacy: str | None = Field(default=None, max_length=64)
    plan: str | None = Field(default=None, max_length=64)
    created_from: datetime | None = Field(default=None, alias="from")
    created_to: datetime | None = Field(default=None, alias="to")
    q: str | None = Field(default=None, max_length=100)
    assignee: str | None = Field(default=None, max_length=64)
    on_hold: bool | None = None
    sort: Literal["newest", "oldest"] = "newest"

    @field_validator("created_from", "created_to")
    @classmethod
    def _in_utc(cls, moment: datetime | None) -> datetime | None:
        """A time without a zone is UTC, as in a list's query."""
        return moment and in_utc(moment)


class Note(Document):
    """What somebody wrote on a prescription; `about` is the act it was written for."""

    kind: ClassVar[str] = "note"
    text: str
    about: str = ""
    by: str
    role: str
    at: datetime


class View(BaseModel):
    """A list somebody saved: its filters, its columns, its order; of a person or of everybody.

    `words` are those it searches by, sealed: mostly they are a patient's name.
    """

    model_config = FROZEN

    view_id: str
    version: int = 0
    owner: str
    name: str
    by: str
    tab: str
    filters: Filters
    words: str = ""
    columns: tuple[str, ...] = ()
    saved_at: datetime

    @property
    def is_shared(self) -> bool:
        return self.owner == EVERYBODY


class OpenFailure(BaseModel):
    """A prescription that stopped: where, by which code and words, and what was done before.

    `version` is the prescription's own: an older one never replaces or takes away a newer.
    """

    model_config = FROZEN

    prescription_id: str
    version: int
    status: Status
    step: str
    machine: Literal["fulfillment", "cancellation", "correspondence"]
    code: str
    words: str
    first_seen: datetime
    last_seen: datetime
    count: int
    effects: tuple[Effect, ...] = ()
