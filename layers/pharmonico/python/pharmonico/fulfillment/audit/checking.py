"""Finding what was changed: every link is read as it is stored and sealed again.

The stored text is checked, not what a model makes of it: a value that reads the same, a second key
of one name, a space more is found like any other change, and a field that a later version adds
leaves older seals as they were.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.audit.chain import GENESIS, seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pharmonico.fulfillment.audit.ports import AuditTrail, Link

_PARTS = ["sequence", "act", "previous_hash", "hash"]


class Fault(StrEnum):
    """What does not hold, the plainest first."""

    UNREADABLE = "unreadable"  # not the text an entry is written as
    MISPLACED = "misplaced"  # another number than its place: dropped, inserted or reordered
    FOREIGN = "foreign"  # an entry of another chain
    UNLINKED = "unlinked"  # sealed upon another predecessor
    ALTERED = "altered"  # its own seal does not fit
    CUT = "cut"  # the chain ends before what a digest has seen of it
    REWRITTEN = "rewritten"  # sealed anew: well linked, but not what a digest has seen


@dataclass(frozen=True, slots=True)
class Finding:
    """The first link of a chain that does not hold; `place` is where it stands or stood."""

    chain: str
    place: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """A chain from its first link to its last, or to the first that does not hold."""

    chain: str
    entries: int
    head: str
    finding: Finding | None = None
    hashes: dict[int, str] = field(default_factory=dict)


def check(name: str, *, trail: AuditTrail, note: Collection[int] = ()) -> Checked:
    """Seal the chain again; `hashes` has those at the places to `note`."""
    return check_links(name, trail.links(name), note=note)


def check_links(name: str, links: Iterable[Link], *, note: Collection[int] = ()) -> Checked:
    """The same for links at hand."""
    place, head = 0, GENESIS
    noted: dict[int, str] = {}
    for link in links:
        fault, sealed = _examined(link, place + 1, name, head)
        if fault is not None:
            return Checked(name, place, head, Finding(name, place + 1, fault), noted)
        place, head = place + 1, sealed
        if place in note:
            noted[place] = head
    return Checked(name, place, head, None, noted)


def verify(name: str, *, trail: AuditTrail) -> int | None:
    """The place of the first entry that does not hold, or None when the chain is whole."""
    finding = check(name, trail=trail).finding
    return finding.place if finding else None


def against(checked: Checked, heads: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """What digests have seen of the chain, place and hash, and is there no longer."""
    if checked.finding is not None:
        yield checked.finding
        return
    for place, sealed in heads:
        if place > checked.entries:
            yield Finding(checked.chain, checked.entries + 1, Fault.CUT)
        elif checked.hashes.get(place) != sealed:
            yield Finding(checked.chain, place, Fault.REWRITTEN)


def _examined(link: Link, place: int, name: str, head: str) -> tuple[Fault | None, str]:
    parts = _parts(link.text)
    if parts is None:
        return Fault.UNREADABLE, ""
    if not link.place == parts["sequence"] == place:
        return Fault.MISPLACED, ""
    if parts["act"].get("resource") != name:
        return Fault.FOREIGN, ""
    if parts["previous_hash"] != head:
        return Fault.UNLINKED, ""
    if parts["hash"] != seal(place, parts["act"], head):
        return Fault.ALTERED, ""
    return None, str(parts["hash"])


def _parts(text: str) -> dict[str, Any] | None:
    """The entry's parts, if the text is exactly what they are written as."""
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, dict) or list(parts) != _PARTS or not isinstance(parts["act"], dict):
        return None
    written = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return parts if written == text else None
