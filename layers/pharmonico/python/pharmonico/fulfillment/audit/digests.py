"""The hourly digest: how far every chain that grew had come, signed, and kept where nobody reaches.

A chain by itself cannot show that its end was dropped, or that all of it was sealed anew. What a
digest has seen of it can: the place and the hash of its newest link. Digests follow each other by
number, by time and by the hash of the one before, so that none can be left out.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from pharmonico.fulfillment.audit.chain import GENESIS
from pharmonico.fulfillment.audit.checking import against, check
from pharmonico.fulfillment.audit.ports import HOUR
from pharmonico.fulfillment.audit.signing import canonical, holds, signed, unsigned
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.audit.checking import Finding
    from pharmonico.fulfillment.audit.ports import AuditTrail, Kept, Signer, Vault
    from pharmonico.kit.clock import Clock

PREFIX = "digests/"
_MOMENT = "%Y-%m-%dT%H-%M-%S.%fZ"
_MONTH = "%Y-%m"
MARGIN = timedelta(minutes=5)
"""An hour is closed so long after its end: a writer's clock and its write may lag behind."""
FIRST_REACH = timedelta(days=7)
"""How far back the very first digest looks."""
_AN_HOUR = timedelta(hours=1)


class Head(BaseModel):
    """The newest link that holds: its place, which is also the number of links, and its hash."""

    model_config = ConfigDict(frozen=True)

    chain: str
    place: int
    hash: str


class Broken(BaseModel):
    """A chain that did not hold when the digest was made, from that place on."""

    model_config = ConfigDict(frozen=True)

    chain: str
    place: int
    fault: str


class Digest(BaseModel):
    """What was seen from `since` until `until`; `previous` is the hash of the digest before."""

    model_config = ConfigDict(frozen=True)

    number: int
    since: datetime
    until: datetime
    previous: str
    heads: tuple[Head, ...]
    broken: tuple[Broken, ...] = ()

    @property
    def key(self) -> str:
        """Keys are in the order of time."""
        return PREFIX + self.until.strftime(_MOMENT) + ".ndjson"


class DigestForged(Conflict):
    """The newest digest is not what we signed: nothing may be built upon it."""

    def __init__(self) -> None:
        super().__init__("audit.digest_forged", "The newest digest of the audit does not hold.")


class ChainsBroken(Conflict):
    """The digest is kept; it names chains that do not hold."""

    def __init__(self) -> None:
        super().__init__("audit.chains_broken", "Chains of the audit do not hold.")


def make_digest(
    *, trail: AuditTrail, vault: Vault, signer: Signer, clock: Clock, early: bool = False
) -> Digest | None:
    """Seal the hours since the last digest; None when no hour has closed.

    `early` closes the running hour at this moment. Raises `DigestForged`.
    """
    last = newest(vault=vault, signer=signer, clock=clock)
    now = clock.now()
    until = now if early else _whole_hour(now - MARGIN)
    before = opened(last) if last else None
    since = before.until if before else until - FIRST_REACH
    if until <= since:
        return None
    heads, broken = _looked_at(_grown(since, until, trail=trail), before, trail=trail)
    digest = Digest(
        number=before.number + 1 if before else 1,
        since=since,
        until=until,
        previous=fingerprint(last) if last else GENESIS,
        heads=heads,
        broken=broken,
    )
    vault.keep(digest.key, signed(canonical(digest.model_dump(mode="json")), signer=signer))
    return digest


def newest(*, vault: Vault, signer: Signer, clock: Clock) -> Kept | None:
    """The last digest, proven."""
    this_month = clock.now()
    last_month = this_month.replace(day=1) - timedelta(days=1)
    for lately in (this_month.strftime(_MONTH), last_month.strftime(_MONTH), ""):
        last = vault.newest(PREFIX + lately)
        if last is None:
            continue
        if not (holds(last.data, signer=signer) and opened(last)):
            raise DigestForged
        return last
    return None


def opened(kept: Kept) -> Digest | None:
    """The digest in the file, if it is exactly one; its signature is another question."""
    lines = unsigned(kept.data)
    try:
        digest = Digest.model_validate_json(lines)
    except ValidationError:
        return None
    is_exact = canonical(digest.model_dump(mode="json")) == lines and digest.key == kept.key
    return digest if is_exact else None


def fingerprint(kept: Kept) -> str:
    """What the next digest says of this one."""
    return hashlib.sha256(unsigned(kept.data)).hexdigest()


def _looked_at(
    chains: Iterator[str], before: Digest | None, *, trail: AuditTrail
) -> tuple[tuple[Head, ...], tuple[Broken, ...]]:
    """Every chain checked once more: what was changed since the last digest is known now."""
    seen = {head.chain: (head.place, head.hash) for head in before.heads} if before else {}
    heads, broken = [], []
    for name in sorted(set(chains)):
        known = [seen[name]] if name in seen else []
        checked = check(name, trail=trail, note={place for place, _ in known})
        heads.append(Head(chain=name, place=checked.entries, hash=checked.head))
        broken += [_broken(finding) for finding in against(checked, known)]
    return tuple(heads), tuple(broken)


def _broken(finding: Finding) -> Broken:
    return Broken(chain=finding.chain, place=finding.place, fault=finding.fault.value)


def _grown(since: datetime, until: datetime, *, trail: AuditTrail) -> Iterator[str]:
    hour = _whole_hour(since)
    while hour < until:
        yield from trail.grown(hour.strftime(HOUR))
        hour += _AN_HOUR


def _whole_hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
