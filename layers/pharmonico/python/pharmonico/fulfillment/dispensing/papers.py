"""The papers of dispensing: what was handed out, and each refusal."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pharmonico.fulfillment.documents import Document

Disposal = Literal["restocked", "discarded", "quarantined"]
Counselling = Literal["accepted", "declined", "not_offered"]


class Dispensing(Document):
    """What left the shelf; `remaining` is what a partial fill still owes, in the same unit."""

    kind: ClassVar[str] = "dispensing"
    dispensed_ndc: str | None = None
    quantity: str
    remaining: str | None = None
    lot: str | None = None
    expires_on: date | None = None
    counselling: Counselling | None = None
    rems_authorization: str | None = None
    note: str | None = None
    verified_by: str
    automatic: bool
    dispensed_at: datetime


class Refusal(Document):
    """A pharmacy would not dispense it: the claim is taken back, and it is routed again."""

    kind: ClassVar[str] = "refusal"
    pharmacy_id: str
    reason: str
    note: str
    by: str
    at: datetime


class Restock(Document):
    """Medicine that was dispensed for a prescription that was cancelled before it left.

    It goes back to the pharmacy's stock; what has left the pharmacy never does.
    """

    kind: ClassVar[str] = "restock"
    pharmacy_id: str
    due_at: datetime
    reason: str
    disposal: Disposal | None = None
    by: str | None = None
    done_at: datetime | None = None
