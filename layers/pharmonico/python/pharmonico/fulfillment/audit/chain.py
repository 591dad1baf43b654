"""Append-only entries, each sealed with the hash of the one before.

One chain per prescription, so that prescriptions never wait for each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from pharmonico.events.envelope import Actor
from pharmonico.kit.errors import Invalid, VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.audit.ports import AuditTrail

EVENTS = "fulfillment"
"""The source of what the domain's events tell; other sources are who asked for something."""
GENESIS = "0" * 64
APPEND_TRIES = 10
CHAIN_MAX = 2_000
"""Entries of one chain that one read returns; a prescription has some dozens, and its readers."""
REPEATS_AMONG = 200
"""How many entries back a repeated event is looked for; it comes within a day."""
NAME = re.compile(r"[A-Za-z0-9_.:~@-]{1,200}")
"""What a chain may be called: a store keeps its own notes under names with other signs in them."""


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


def append(act: Act, *, trail: AuditTrail, fresh: bool = False) -> Entry:
    """Seal the act onto the end of its resource's chain; the same act twice is one entry.

    A `fresh` act was just made by this very call, so no repeat of it is looked for. The first
    look costs half and may be a moment old: whatever it misses has the place that is tried.
    `Invalid` for a resource that can be none of ours.
    """
    if not NAME.fullmatch(act.resource):
        raise Invalid("request.invalid", "There can be nothing of this name.")
    among = 1 if fresh else REPEATS_AMONG
    for tries in range(APPEND_TRIES):
        end = trail.tail(act.resource, among, consistent=tries > 0)
        known = next((entry for entry in end.entries if entry.act.act_id == act.act_id), None)
        if known is not None:
            return known
        entry = _sealed(act, end.entries[0] if end.entries else None)
        try:
            trail.add(act.resource, entry, known_in=end.hour)
        except VersionConflict:
            continue
        return entry
    raise VersionConflict


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


def seal(sequence: int, act: dict[str, Any], previous_hash: str) -> str:
    """The hash over a link's place, its act as JSON values, and the link before."""
    body = {"sequence": sequence, "act": act, "previous": previous_hash}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _sealed(act: Act, previous: Entry | None) -> Entry:
    sequence = previous.sequence + 1 if previous else 1
    previous_hash = previous.hash if previous else GENESIS
    sealed = seal(sequence, act.model_dump(mode="json"), previous_hash)
    return Entry(sequence=sequence, act=act, previous_hash=previous_hash, hash=sealed)
