"""The whole audit proven, a page at a time: digests against each other, chains against digests."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit.chain import GENESIS
from pharmonico.fulfillment.audit.checking import against, check
from pharmonico.fulfillment.audit.digests import PREFIX, fingerprint, opened
from pharmonico.fulfillment.audit.signing import holds

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.audit.checking import Finding
    from pharmonico.fulfillment.audit.digests import Digest
    from pharmonico.fulfillment.audit.ports import AuditTrail, Kept, Signer, Vault

CHAINS_MAX = 500
DIGESTS_MAX = 200


class DigestFault(StrEnum):
    """What is wrong with a digest."""

    UNREADABLE = "digest_unreadable"
    FORGED = "digest_forged"  # its signature is not ours
    COVERED = "digest_covered"  # another version or a deletion was laid over it
    UNLINKED = "digest_unlinked"  # it follows another digest than the one before it
    MISSING = "digest_missing"  # numbers or times leave a gap before it


@dataclass(frozen=True, slots=True)
class DigestFinding:
    key: str
    fault: DigestFault


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the digest, looked at itself, and the last of its chains."""

    key: str
    chain: str = ""


@dataclass(slots=True)
class Proof:
    """One page; `sealed_until` is what the last digest of it covers. `after` None: the end."""

    digests: int = 0
    chains: int = 0
    findings: list[Finding | DigestFinding] = field(default_factory=list)
    sealed_until: datetime | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    """The digest before, believed or not."""

    fingerprint: str = GENESIS
    number: int | None = 0
    until: datetime | None = None


def prove(
    *,
    trail: AuditTrail,
    vault: Vault,
    signer: Signer,
    after: Place | None = None,
    chains_max: int = CHAINS_MAX,
    digests_max: int = DIGESTS_MAX,
) -> Proof:
    """Go on after the place, for at most so many chains and digests."""
    proof, before = Proof(), _Before()
    for kept in vault.kept(PREFIX, at_or_after=after.key if after else ""):
        resumed = after is not None and kept.key == after.key
        if not resumed:
            if proof.digests == digests_max:
                return proof
            proof.digests += 1
            faults = _faults(kept, before, signer=signer)
            proof.findings += [DigestFinding(kept.key, fault) for fault in faults]
        digest = opened(kept)
        before = _noted(kept, digest)
        proof.after = Place(kept.key, after.chain if resumed and after else "")
        if digest is None or not holds(kept.data, signer=signer):
            continue  # it is found; what it says is believed by nobody
        proof.sealed_until = digest.until
        if not _chains(digest, proof, trail=trail, chains_max=chains_max):
            return proof
    proof.after = None
    return proof


def _chains(digest: Digest, proof: Proof, *, trail: AuditTrail, chains_max: int) -> bool:
    """Check the digest's chains after the page's place; False when the page is full."""
    place = proof.after
    for head in digest.heads:
        if place is not None and head.chain <= place.chain:
            continue
        if proof.chains == chains_max:
            return False
        checked = check(head.chain, trail=trail, note={head.place})
        seen = [(head.place, head.hash)] if head.place else []
        proof.findings += [each for each in against(checked, seen) if each not in proof.findings]
        proof.chains += 1
        proof.after = Place(digest.key, head.chain)
    return True


def _faults(kept: Kept, before: _Before, *, signer: Signer) -> list[DigestFault]:
    found = [DigestFault.COVERED] if kept.is_covered else []
    digest = opened(kept)
    if digest is None:
        return [*found, DigestFault.UNREADABLE]
    if not holds(kept.data, signer=signer):
        return [*found, DigestFault.FORGED]
    if before.number is not None and digest.number != before.number + 1:
        return [*found, DigestFault.MISSING]
    if digest.previous != before.fingerprint:
        return [*found, DigestFault.UNLINKED]
    if before.until is not None and digest.since != before.until:
        return [*found, DigestFault.MISSING]
    return found


def _noted(kept: Kept, digest: Digest | None) -> _Before:
    if digest is None:
        return _Before(fingerprint(kept), None, None)
    return _Before(fingerprint(kept), digest.number, digest.until)
