"""The papers of a prescription: one versioned document per kind and key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from pharmonico.fulfillment.enrollment.agreements import Agreement, Relationship
from pharmonico.fulfillment.payment.records import Acceptance, Dispute, Refund
from pharmonico.fulfillment.routing.need import Need
from pharmonico.kit.money import Money

FROZEN = ConfigDict(frozen=True, defer_build=True)
"""Deferred: a cold function builds the two or three papers it reads, not all of them (10 ms)."""


class Document(BaseModel):
    """Base: `kind` names it in the store, `key` tells several of a kind apart."""

    model_config = FROZEN

    kind: ClassVar[str]
    key: str = "1"
    version: int = 0


class Script(Document):
    """The message as it came (base64 of the bytes) and its JSON form (`ncpdp.to_json`).

    `bucket` is the blind key under which people like the patient are looked for, `holder` the one
    of the sender's own record number.
    """

    kind: ClassVar[str] = "script"
    media_type: str
    raw_base64: str
    message: dict[str, Any]
    bucket: str | None = None
    holder: str | None = None


class Finding(BaseModel):
    """One result of a rule; codes are listed in the error dictionary.

    A clinical one says what it is `about` (ingredients or a class), which earlier prescriptions
    it is `related` to, whose word it is (`sources`), and how far to trust it (`notice`).
    """

    model_config = FROZEN

    code: str
    severity: Literal["error", "warning", "info"]
    path: str
    sent: str | None = None
    normalised: str | None = None
    message: str
    about: str | None = None
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notice: str | None = None


class Override(BaseModel):
    """A person answered for findings that held: which, why, and in which role."""

    model_config = FROZEN

    codes: tuple[str, ...]
    note: str
    by: str
    role: str
    at: datetime


class Validation(Document):
    """What the rules found; `ndc` is the catalogue's product that will be billed."""

    kind: ClassVar[str] = "validation"
    findings: tuple[Finding, ...] = ()
    checked_at: datetime
    ndc: str | None = None
    dea_schedule: str | None = None
    overrides: tuple[Override, ...] = ()


class Insurance(BaseModel):
    model_config = FROZEN

    bin: str = Field(pattern=r"^\d{6}$|^\d{8}$")
    pcn: str = Field(default="", max_length=10)
    group: str = Field(default="", max_length=15)
    member_id: str = Field(min_length=1, max_length=20)
    relationship: Literal["1", "2", "3", "4"] = "1"


class SecondCoverage(BaseModel):
    """What pays after the insurance: a second one, a copay card, or nothing."""

    model_config = FROZEN

    coverage: Insurance | None


class Delivery(BaseModel):
    model_config = FROZEN

    name: str = Field(min_length=1, max_length=70)
    line1: str = Field(min_length=1, max_length=60)
    line2: str = Field(default="", max_length=60)
    city: str = Field(min_length=1, max_length=40)
    state: str = Field(pattern=r"^[A-Z]{2}$")
    postal_code: str = Field(pattern=r"^\d{5}(-\d{4})?$")
    phone: str = Field(default="", pattern=r"^$|^\d{10}$")
    window: Literal["any", "morning", "afternoon", "evening"] = "any"
    spelling: Literal["own", "suggested"] | None = Field(
        default=None, description="What the patient chose where carriers write it otherwise"
    )


class Consent(BaseModel):
    """Typed signature; a caregiver or guardian may sign, the relationship is recorded.

    `agreements` say under which words it stands: all that are asked for. What is `verbal` was said
    on the phone to `entered_by`; like `signed_at`, only we set these.
    """

    model_config = FROZEN

    signed_name: str = Field(min_length=1, max_length=70)
    signer: Literal["self", "caregiver", "guardian"] = "self"
    relationship: Relationship | None = None
    treatment: Literal[True]
    privacy: Literal[True]
    agreements: tuple[Agreement, ...] = Field(default=(), max_length=10)
    signed_at: datetime | None = None
    verbal: bool = False
    entered_by: str | None = None


class CardPhoto(BaseModel):
    """An uploaded card side: where it lies, and once it was drawn anew, what it is."""

    model_config = FROZEN

    object_key: str
    media_type: str
    size: int | None = None
    width: int | None = None
    height: int | None = None
    checked_at: datetime | None = None


class Enrollment(Document):
    """What the patient has told us so far; saved after every page.

    `uploads` are offered or unchecked photos, `cards` the ones that were checked and count.
    `invited_at` is when the days of the reminders began to count: at the first invitation, and
    anew at the one after an expiry. `locked` and `revoked` hold until ops sends a new link.
    """

    kind: ClassVar[str] = "enrollment"
    prescription_id: str
    started_at: datetime
    started_by: str
    contact_email: str | None = None
    contact_phone: str | None = None
    insurance: Insurance | None = None
    secondary: Insurance | None = None
    """A second coverage or a copay card, billed for what the first leaves to the patient."""
    delivery: Delivery | None = None
    consent: Consent | None = None
    language: Literal["en", "es"] = "en"
    uploads: dict[Literal["front", "back"], CardPhoto] = {}
    cards: dict[Literal["front", "back"], CardPhoto] = {}
    links_sent: int = 0
    invited_at: datetime | None = None
    reminded_day: int = 0
    locked: bool = False
    revoked: bool = False
    submitted_at: datetime | None = None


class Candidate(BaseModel):
    """A ranked pharmacy with its score broken down (each part 0 to 1, weights in the policy)."""

    model_config = FROZEN

    pharmacy_id: str
    name: str
    score: float
    miles: float
    parts: dict[str, float]


class Excluded(BaseModel):
    """A pharmacy that may not fill it, with every gate it fails."""

    model_config = FROZEN

    pharmacy_id: str
    name: str
    reasons: tuple[str, ...]


class Ranking(Document):
    """The best pharmacies and, of those around the patient, the refused ones, nearest first.

    `need` and `weights` are those the ranking was made by, so that it can be explained later.
    """

    kind: ClassVar[str] = "ranking"
    policy_version: str
    weights: dict[str, float] = {}
    need: Need | None = None
    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...] = ()
    ranked_at: datetime
    selected: str | None = None
    selected_by: str | None = None
    override_reason: str | None = None
    override_note: str | None = None


class RoutingOverride(Document):
    """A person chose against the ranking; a later routing replaces the ranking, never this."""

    kind: ClassVar[str] = "routing_override"
    pharmacy_id: str
    reason: str
    note: str
    gates: tuple[str, ...]
    by: str
    role: str
    at: datetime


class Payment(Document):
    """One payment attempt through a hosted checkout."""

    kind: ClassVar[str] = "payment"
    payment_id: str
    attempt: int
    amount: Money
    session_id: str | None = None
    url: str | None = None
    expires_at: datetime | None = None
    status: Literal["open", "paid", "failed", "expired", "refunded"] = "open"
    payment_intent: str | None = None
    """Known only once money was taken, so whatever has one and no refund is owed back."""
    received: Money | None = None
    """What came, where it is not the amount that was asked for."""
    refund_id: str | None = None
    refunds: tuple[Refund, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    declines: int = 0
    problem: str | None = None
    accepted: Acceptance | None = None
    seen: tuple[str, ...] = ()
    """Ids of the provider's notices that were worked in, newest last."""


class Failure(Document):
    """Why a stage gave up; resolved by a redrive or a note, never deleted."""

    kind: ClassVar[str] = "failure"
    step: str
    machine: Literal["fulfillment", "cancellation"]
    error: str
    cause: str
    status: str
    run: int
    first_seen: datetime
    last_seen: datetime
    count: int = 1
    redriven_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    resolution: str | None = None


class Notice(Document):
    """One message that is going out, went out or failed to; the text itself is not kept."""

    kind: ClassVar[str] = "notification"
    event_id: str
    template: str
    channel: Literal["email", "sms"]
    status: Literal["sending", "sent", "failed"]
    provider_id: str | None = None
    problem: str | None = None
    """Why it failed, as a stable code: `sms.stopped`, `email.refused` …"""
    sent_at: datetime
