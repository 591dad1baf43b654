"""The record of what was signed: written once after the submission, kept as a PDF."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pharmonico.fulfillment.enrollment.consents import text_of
from pharmonico.fulfillment.enrollment.papers import SignedRecord
from pharmonico.fulfillment.enrollment.record_words import WORDS
from pharmonico.kit.errors import NotFound, VersionConflict

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.documents import Consent, Enrollment
    from pharmonico.fulfillment.enrollment.agreements import Agreement
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

LINK_TTL_S = 5 * 60


@dataclass(frozen=True, slots=True)
class Statement:
    """What the record says: facts with their labels, then texts with their headings."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A short-lived address of the PDF, and the digest to hold the file against."""

    url: str
    expires_in_s: int
    sha256: str


class Scribe(Protocol):
    def write(self, statement: Statement) -> bytes:
        """The statement as a PDF; the same statement gives the same bytes."""
        ...


class Records(Protocol):
    """The bucket of signed records."""

    def put(self, key: str, pdf: bytes) -> None: ...

    def link(self, key: str, *, file_name: str, ttl_s: int) -> str:
        """An address that downloads the file under that name until it expires."""
        ...

    def drop(self, key: str) -> None: ...


def keep_record(
    order: Order,
    enrollment: Enrollment,
    *,
    orders: Orders,
    scribe: Scribe,
    records: Records,
    clock: Clock,
) -> SignedRecord:
    """Write the record of a submitted enrollment; there is never more than one.

    Raises NotFound `enrollment.not_submitted`.
    """
    if known := orders.document(order.id, SignedRecord):
        return known
    consent = enrollment.consent
    if enrollment.submitted_at is None or consent is None or consent.signed_at is None:
        raise NotFound("enrollment.not_submitted", "This enrollment was not submitted yet.")
    pdf = scribe.write(statement(order, enrollment, consent, consent.signed_at))
    record = SignedRecord(
        object_key=f"records/{secrets.token_hex(16)}",
        size=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        signed_at=consent.signed_at,
        made_at=clock.now(),
    )
    records.put(record.object_key, pdf)
    try:
        return orders.put_document(order.id, record)
    except VersionConflict:  # the same event, handled twice at once
        records.drop(record.object_key)
        return keep_record(
            order, enrollment, orders=orders, scribe=scribe, records=records, clock=clock
        )


def record_link(order_id: str, *, orders: Orders, records: Records) -> RecordLink:
    """Where the record can be read for a few minutes; NotFound `record.not_ready`."""
    record = orders.document(order_id, SignedRecord)
    if record is None:
        raise NotFound("record.not_ready", "The record is being written; try again soon.")
    url = records.link(record.object_key, file_name=f"consent-{order_id}.pdf", ttl_s=LINK_TTL_S)
    return RecordLink(url, LINK_TTL_S, record.sha256)


def statement(
    order: Order, enrollment: Enrollment, consent: Consent, signed_at: datetime
) -> Statement:
    """The record's words, in the patient's language."""
    words = WORDS[enrollment.language]
    facts = [
        (words["reference"], order.id),
        (words["patient"], order.summary.patient_name),
        (words["signer"], words[f"signer.{consent.signer}"]),
    ]
    if consent.relationship:
        facts.append((words["relationship"], words[f"relationship.{consent.relationship}"]))
    said = "verbal" if consent.verbal else "signature"
    facts += [
        (words[said], consent.signed_name),
        (words[f"{said}_at"], f"{signed_at:%Y-%m-%d %H:%M:%S} UTC"),
    ]
    if consent.entered_by:
        facts.append((words["entered_by"], consent.entered_by))
    texts = [_shown(agreement, words) for agreement in consent.agreements]
    untold = [(words["treatment"], words["untold"]), (words["privacy"], words["untold"])]
    return Statement(words["title"], enrollment.language, tuple(facts), tuple(texts or untold))


def _shown(agreement: Agreement, words: dict[str, str]) -> tuple[str, str]:
    """The consent's own words; they were checked when they were signed."""
    text = text_of(agreement)
    heading = text.title if text else agreement.id
    source = words["version"].format(version=agreement.version, digest=agreement.text_hash)
    return heading, f"{text.text if text else ''}\n{source}"
