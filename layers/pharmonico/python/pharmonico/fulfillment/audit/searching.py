"""Finding entries without an index: a patient's own chains, or whatever grew in some hours.

An index by actor would be one more write for every entry, and is asked for once in a month. The
hours say which chains grew, newest hour first; within an hour entries come chain by chain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pharmonico.fulfillment.audit.chain import Entry
from pharmonico.fulfillment.audit.ports import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.audit.ports import AuditTrail, Link

LIMIT = 100
VISITS_MAX = 300
"""Chains that one page reads at most; one that finds nothing must not go on for ever."""
LOOKS = ("_read", "_listed", "_downloaded")
"""How the names of acts end that showed somebody's data and changed nothing."""
LISTS = "lists_"
"""Chains of readers, a day each: whom a list or a search showed them."""
_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: all that is given has to fit.

    `chains` are read whole, then the hours from `until` back to `since`, if `is_by_hours`.
    `showing` are ids of which a list has to have shown one.
    """

    since: datetime
    until: datetime
    actor: str = ""
    action: str = ""
    is_look: bool = False
    chains: tuple[str, ...] = ()
    is_by_hours: bool = True
    showing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page ended: the hour (none: one of the chains wanted), the chain and the place.

    Without a place the chain is done.
    """

    hour: str
    chain: str
    place: int | None


@dataclass(slots=True)
class Found:
    """A page; `unreadable` are links whose text is no entry (verifying tells where)."""

    entries: list[Entry] = field(default_factory=list)
    unreadable: int = 0
    after: Spot | None = None


def search(
    wanted: Wanted,
    *,
    trail: AuditTrail,
    after: Spot | None = None,
    limit: int = LIMIT,
    visits_max: int = VISITS_MAX,
) -> Found:
    """One page of what is wanted, going on after the spot."""
    found = Found()
    for visit, (hour, chain, place) in enumerate(_visits(wanted, after, trail=trail)):
        if visit == visits_max:
            return found
        for link in trail.links(chain, after=place):
            if len(found.entries) == limit:
                return found
            found.after = Spot(hour, chain, link.place)
            _take(link, hour, wanted, found)
        found.after = Spot(hour, chain, None)
    found.after = None
    return found


def _take(link: Link, hour: str, wanted: Wanted, found: Found) -> None:
    if hour and link.hour != hour:
        return  # another hour's visit finds it
    try:
        entry = Entry.model_validate_json(link.text)
    except ValidationError:
        found.unreadable += 1
        return
    if _fits(entry, wanted, by_hour=bool(hour)):
        found.entries.append(entry)


def _fits(entry: Entry, wanted: Wanted, *, by_hour: bool) -> bool:
    act = entry.act
    return (
        wanted.since <= act.at < wanted.until
        and wanted.actor in {"", act.actor.id}
        and wanted.action in {"", act.action}
        and (not wanted.is_look or act.action.endswith(LOOKS))
        and (not (by_hour and wanted.showing) or _shows(entry, wanted.showing))
    )


def _shows(entry: Entry, ids: frozenset[str]) -> bool:
    """A list names what it showed in `shown`, by spaces; a pair of patients by a tilde."""
    shown = entry.act.detail.get("shown", "").replace("~", " ").split()
    return not ids.isdisjoint(shown)


def _visits(
    wanted: Wanted, after: Spot | None, *, trail: AuditTrail
) -> Iterator[tuple[str, str, int]]:
    """Hour, chain, and the place to go on after."""
    if after is None or not after.hour:
        yield from _own_chains(wanted, after)
    if not wanted.is_by_hours:
        return
    for hour in _hours(wanted, after):
        chain = ""
        if after is not None and after.hour == hour:
            chain = after.chain
            if after.place is not None:
                yield hour, chain, after.place
        for name in trail.grown(hour, after=chain):
            if not wanted.showing or name.startswith(LISTS):
                yield hour, name, 0


def _own_chains(wanted: Wanted, after: Spot | None) -> Iterator[tuple[str, str, int]]:
    chains = wanted.chains
    if after is not None:
        if after.place is not None:
            yield "", after.chain, after.place
        chains = chains[chains.index(after.chain) + 1 :] if after.chain in chains else ()
    for chain in chains:
        yield "", chain, 0


def _hours(wanted: Wanted, after: Spot | None) -> Iterator[str]:
    """From the newest to the oldest; an entry may be stored in the hour after its act."""
    first = wanted.since.astimezone(UTC).strftime(HOUR)
    moment = wanted.until.astimezone(UTC) + _AN_HOUR
    while (hour := moment.strftime(HOUR)) >= first:
        if after is None or not after.hour or hour <= after.hour:
            yield hour
        moment -= _AN_HOUR
