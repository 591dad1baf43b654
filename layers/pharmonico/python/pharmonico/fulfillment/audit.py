"""The tamper-evident record: append-only entries, each sealed with the hash of the one before.

One chain per prescription, so that prescriptions never wait for each other; `verify` finds any
flipped, dropped or reordered entry of a chain.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel, ConfigDict

from pharmonico.events.envelope import Actor
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event

GENESIS = "0" * 64
APPEND_TRIES = 10
CHAIN_MAX = 2_000
"""Entries read of one chain; a prescription has some dozens."""


class Act(BaseModel):
    """What happened: who did what to which resource, and how it ended. Ids and codes only."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    act_id: str
    at: datetime
    actor: Actor
    action: str
    resource: str
    outcome: str = "ok"
    source: str = "fulfillment"
    correlation_id: str = ""
    detail: dict[str, str] = {}


class Entry(BaseModel):
    """One link of a chain: the act, its place, and the seal."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    sequence: int
    act: Act
    previous_hash: str
    hash: str


class AuditTrail(Protocol):
    """Chains of entries; `add` refuses a sequence that is taken (`VersionConflict`)."""

    def chain(self, name: str) -> tuple[Entry, ...]: ...

    def add(self, name: str, entry: Entry) -> None: ...


def append(act: Act, *, trail: AuditTrail) -> Entry:
    """Seal the act onto the end of its resource's chain; the same act twice is one entry."""
    for _ in range(APPEND_TRIES):
        chain = trail.chain(act.resource)
        known = next((entry for entry in chain if entry.act.act_id == act.act_id), None)
        if known is not None:
            return known
        entry = _sealed(act, chain[-1] if chain else None)
        try:
            trail.add(act.resource, entry)
        except VersionConflict:
            continue
        return entry
    raise VersionConflict


def verify(name: str, *, trail: AuditTrail) -> int | None:
    """The sequence of the first entry that does not hold, or None when the chain is whole."""
    previous: Entry | None = None
    for entry in trail.chain(name):
        if entry != _sealed(entry.act, previous):
            return entry.sequence
        previous = entry
    return None


def act_of(event: Event[Any]) -> Act:
    """The audit act of a domain event; its id is the event's, so repeats are one entry."""
    data = event.data.model_dump(mode="json", exclude_none=True)
    return Act(
        act_id=event.meta.event_id,
        at=event.meta.occurred_at,
        actor=event.meta.actor,
        action=event.detail_type,
        resource=data["prescription_id"],
        correlation_id=event.meta.correlation_id,
        detail={name: str(value) for name, value in data.items() if name != "prescription_id"},
    )


def _sealed(act: Act, previous: Entry | None) -> Entry:
    sequence = previous.sequence + 1 if previous else 1
    previous_hash = previous.hash if previous else GENESIS
    body = {"sequence": sequence, "act": act.model_dump(mode="json"), "previous": previous_hash}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    seal = hashlib.sha256(canonical.encode()).hexdigest()
    return Entry(sequence=sequence, act=act, previous_hash=previous_hash, hash=seal)
