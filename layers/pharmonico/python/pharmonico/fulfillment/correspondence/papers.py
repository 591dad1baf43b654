"""The papers of correspondence: every message that goes to the prescriber."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from pharmonico.fulfillment.documents import Document

ReturnReason = Literal[
    "identifier_wrong",
    "patient_unclear",
    "drug_unclear",
    "directions_unclear",
    "not_valid",
    "clinical_concern",
    "duplicate",
    "not_covered",
    "no_pharmacy",
    "other",
]
"""Why a prescription goes back to its prescriber."""


class OutgoingLetter(Document):
    """A SCRIPT message of ours; its key is its MessageID, so that it is written once.

    `about` is a stable code (a request code, a fill status, a reason), `tries` counts the attempts
    that came to nothing, `problem` is the last one's code, `outcome` what the prescriber answered
    (the answer itself lies among the scripts under `answer_key`), `applied` what came of that.
    `settled_at` is when somebody said that one that failed needs not be sent.
    """

    kind: ClassVar[str] = "letter"
    message_type: str
    about: str
    client_id: str
    relates_to: str | None
    raw_base64: str
    status: Literal["queued", "sent", "acknowledged", "answered", "failed"] = "queued"
    composed_at: datetime
    composed_by: str
    tries: int = 0
    problem: str | None = None
    failed_at: datetime | None = None
    settled_at: datetime | None = None
    sent_at: datetime | None = None
    outcome: str | None = None
    answered_at: datetime | None = None
    answer_key: str | None = None
    answer_hash: str | None = None
    applied: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be sent."""
        return self.status == "queued"


class DrugChange(Document):
    """What the prescriber changed: the drug as the message's JSON form had it, and has it now.

    Its key is the MessageID of the request; the bytes of the first message stay what they were.
    """

    kind: ClassVar[str] = "change"
    code: str
    outcome: str
    before: dict[str, Any]
    after: dict[str, Any]
    by: str
    at: datetime
