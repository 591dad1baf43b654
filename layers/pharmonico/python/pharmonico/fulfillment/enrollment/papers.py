"""What follows a submitted enrollment: the signed record, and what payers say of the coverages."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pharmonico.fulfillment.documents import Document


class SignedRecord(Document):
    """The consents as they were signed, as a PDF; `sha256` is the digest of its bytes."""

    kind: ClassVar[str] = "signed_record"
    object_key: str
    size: int
    sha256: str
    signed_at: datetime
    made_at: datetime


class Eligibility(Document):
    """What a payer said about a coverage: active, inactive (with its codes), or unknown.

    `key` is `primary` or `secondary`.
    """

    kind: ClassVar[str] = "eligibility"
    status: Literal["active", "inactive", "unknown"]
    plan: str = ""
    reject_codes: tuple[str, ...] = ()
    checked_at: datetime
