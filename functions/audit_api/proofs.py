"""The whole audit proven, page by page: digests against each other, chains against digests."""

from datetime import datetime
from typing import Annotated

from pharmonico.adapters import audit_signing, audit_vault, aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.audit.checking import Finding
from pharmonico.fulfillment.audit.proving import DigestFinding, Place, prove
from pharmonico.lambdas.http import Action, Query
from pharmonico.lambdas.http.cursors import read_cursor, write_cursor
from pydantic import BaseModel

from functions.audit_api.api import TAG, api, audited

_SEPARATOR = "\x1f"


class Found(BaseModel):
    """`where` is a chain and its `place`, or a digest's file."""

    where: str
    place: int | None = None
    fault: str


class Proof(BaseModel):
    """A page of the proof; the audit is whole when no page has findings.

    `sealed_until` is how far the digests of this page reach; entries after the last digest are
    held by their own seals alone, for about an hour.
    """

    intact: bool
    digests: int
    chains: int
    findings: list[Found]
    sealed_until: datetime | None
    next_cursor: str | None = None


@api.get("/api/v1/audit/verify", Action.VERIFY_AUDIT, tag=TAG)
def verify_whole_audit(
    *,
    chains: Annotated[int, Query(ge=1, le=500, description="to check with this page")] = 200,
    cursor: Annotated[str | None, Query(max_length=512)] = None,
) -> Proof:
    """Go through the digests from the first on, and check every chain that they have seen."""
    key = secrets().signing_key
    text = read_cursor(cursor, scope=TAG, key=key)
    page = prove(
        trail=aws.audit_trail(),
        vault=audit_vault.vault(),
        signer=audit_signing.signer(),
        after=Place(*text.split(_SEPARATOR)) if text else None,
        chains_max=chains,
    )
    after = f"{page.after.key}{_SEPARATOR}{page.after.chain}" if page.after else None
    audited("audit_verified", findings=str(len(page.findings)))
    return Proof(
        intact=not page.findings,
        digests=page.digests,
        chains=page.chains,
        findings=[_found(finding) for finding in page.findings],
        sealed_until=page.sealed_until,
        next_cursor=write_cursor(after, scope=TAG, key=key),
    )


def _found(finding: Finding | DigestFinding) -> Found:
    if isinstance(finding, Finding):
        return Found(where=finding.chain, place=finding.place, fault=finding.fault)
    return Found(where=finding.key, fault=finding.fault)
