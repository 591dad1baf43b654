"""One prescription: its state, its papers, its timeline, its seals. Reads of PHI are audited."""

from typing import Annotated, Any

from pharmonico.adapters import aws
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.access import Kind
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.describing import DescribedAs, papers
from pharmonico.fulfillment.documents import Document, Script
from pharmonico.fulfillment.reading import Detail, Progress, outside, progress, read_detail
from pharmonico.kit.errors import NotFound
from pharmonico.lambdas.http import Action
from pydantic import BaseModel

from functions.ops_api.api import TAG, api, audited, within_reach

READABLE: dict[str, type[Document]] = {"script": Script, "claim": Claim, "letter": OutgoingLetter}
"""Papers with a raw message in them; everything else is part of the prescription itself."""


class Timeline(BaseModel):
    """What happened, oldest first (the seals go by sequence, as entries arrived)."""

    entries: list[audit.Entry]


class Verification(BaseModel):
    """`entries` hold from the first on; `broken_at` is the place of the first that does not.

    `fault` says why. A chain whose end was dropped holds: that is found by the digests.
    """

    intact: bool
    entries: int
    broken_at: int | None = None
    fault: str | None = None


class Papers(BaseModel):
    """The documents of one kind, oldest first, raw bytes included."""

    kind: str
    documents: Annotated[
        list[dict[str, Any]], DescribedAs(lambda: papers(tuple(READABLE.values())))
    ]


@api.get("/api/v1/prescriptions/<prescription_id>", Action.READ_PRESCRIPTION, tag=TAG)
def read_prescription(prescription_id: str) -> Detail | Progress:
    """A prescription with its papers; a provider sees how its own is doing."""
    if api.call.caller.kind is Kind.STAFF:  # who reaches every one
        shown: Detail | Progress = read_detail(prescription_id, orders=aws.orders())
    else:
        shown = progress(within_reach(prescription_id))
    api.call.etag(shown.revision, shown.model_dump_json())
    if isinstance(shown, Detail):
        audited("prescription_read", shown.id)
    return shown


@api.get("/api/v1/prescriptions/<prescription_id>/timeline", Action.READ_PRESCRIPTION, tag=TAG)
def read_timeline(prescription_id: str) -> Timeline:
    """What happened to it, by whom and when: the audit chain. A provider sees the moves."""
    order = within_reach(prescription_id)
    entries = aws.audit_trail().recent(order.id, audit.CHAIN_MAX)
    if api.call.caller.kind is Kind.PROVIDER:
        entries = outside(entries)
    return Timeline(entries=sorted(entries, key=lambda entry: (entry.act.at, entry.sequence)))


@api.get("/api/v1/prescriptions/<prescription_id>/documents/<kind>", Action.READ_DOCUMENT, tag=TAG)
def read_documents(prescription_id: str, kind: str) -> Papers:
    """The messages behind it: `script` as it came, `claim` with every byte exchanged,
    `letter` as it goes to the prescriber."""
    order = within_reach(prescription_id)
    if kind not in READABLE:
        raise NotFound("document.unknown_kind", "There are no documents of this kind.")
    found = aws.orders().documents(order.id, READABLE[kind])
    audited("document_read", order.id, kind=kind)
    return Papers(kind=kind, documents=[paper.model_dump(mode="json") for paper in found])


@api.get("/api/v1/prescriptions/<prescription_id>/audit/verify", Action.VERIFY_AUDIT, tag=TAG)
def verify_audit(prescription_id: str) -> Verification:
    """Check every seal of its audit chain."""
    from pharmonico.fulfillment.audit.checking import check  # noqa: PLC0415 - for auditors alone

    checked = check(within_reach(prescription_id).id, trail=aws.audit_trail())
    found = checked.finding
    return Verification(
        intact=found is None,
        entries=checked.entries,
        broken_at=found.place if found else None,
        fault=found.fault if found else None,
    )
