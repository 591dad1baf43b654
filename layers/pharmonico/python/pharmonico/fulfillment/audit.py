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
    from collections.abc import Iterator

    from pharmonico.events.envelope import Event

EVENTS = "fulfillment"
"""The source of what the domain's events tell; other sources are who asked for something."""
GENESIS = "0" * 64
APPEND_TRIES = 10
CHAIN_MAX = 2_000
"""Entries of one chain that one read returns; a prescription has some dozens, and its readers."""
REPEATS_AMONG = 200
"""How many entries back a repeated event is looked for; it comes within a day."""


class Act(BaseModel):
    """What happened: who did what to which resource, and how it ended. Ids and codes only."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    act_id: str
    at: datetime
    actor: Actor
    action: str
    resource: str
    outcome: str = "ok"
    source: str = EVENTS
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

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        """The entries after that sequence, oldest first, at most `CHAIN_MAX`."""
        ...

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        """The newest entries, newest first."""
        ...

    def add(self, name: str, entry: Entry) -> None: ...


def append(act: Act, *, trail: AuditTrail, fresh: bool = False) -> Entry:
    """Seal the act onto the end of its resource's chain; the same act twice is one entry.

    A `fresh` act was just made by this very call, so no repeat of it is looked for.
    """
    for _ in range(APPEND_TRIES):
        recent = trail.recent(act.resource, 1 if fresh else REPEATS_AMONG)
        known = next((entry for entry in recent if entry.act.act_id == act.act_id), None)
        if known is not None:
            return known
        entry = _sealed(act, recent[0] if recent else None)
        try:
            trail.add(act.resource, entry)
        except VersionConflict:
            continue
        return entry
    raise VersionConflict


def every(name: str, *, trail: AuditTrail) -> Iterator[Entry]:
    """The whole chain, however long, oldest first."""
    after = 0
    while page := trail.chain(name, after=after):
        yield from page
        if page[-1].sequence <= after:
            return  # a forged number would lead round in a circle; `verify` has seen it by now
        after = page[-1].sequence


def verify(name: str, *, trail: AuditTrail) -> int | None:
    """The sequence of the first entry that does not hold, or None when the chain is whole."""
    previous: Entry | None = None
    for entry in every(name, trail=trail):
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
