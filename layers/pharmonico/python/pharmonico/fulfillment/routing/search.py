"""The best pharmacies for a need: exact, searched outward by area cells and stopped by proof.

Cells and pharmacies are taken in the order of the most points they could have: those of an idle
pharmacy as near as the cell's edge. How busy a pharmacy is, is read only of those taken, a batch
at a time; the search ends when the next could not enter the ranking even if it were idle. Beyond
the policy's radius distance counts for nothing, so the far ones come in the order of their other
points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Candidate, Excluded
from pharmonico.fulfillment.routing.areas import miles_apart, miles_at_least, vector_of
from pharmonico.fulfillment.routing.gates import refusals
from pharmonico.fulfillment.routing.scoring import (
    POINTS,
    is_prompt,
    miles_to,
    parts,
    points,
    spare,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pharmonico.fulfillment.directory import Directory, Listing
    from pharmonico.fulfillment.loads import Loads
    from pharmonico.fulfillment.routing.cells import Run
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.fulfillment.routing.roster import Roster, Rosters
    from pharmonico.fulfillment.routing.scoring import Policy

    Bounded = tuple[float, Listing]
    """A pharmacy and the most points it could have."""

MILES_PLACES = 1
BATCH, BATCH_MAX = 24, 100
SLACK = 0.001
"""Points by which a bound is trusted: scores are rounded, distances of bounds are not exact."""
NAMED_MAX = 50
ROW, LEAF, GROUP, FAR = range(4)


@dataclass(slots=True)
class Book:
    """How busy pharmacies are on their own day, each asked for once."""

    loads: Loads
    need: Need
    known: dict[str, int] = field(default_factory=dict)

    def read(self, pharmacies: Iterable[Listing]) -> None:
        """One trip for all of them that are not known yet."""
        days = {
            each.pharmacy_id: each.hours.local(self.need.at).date()
            for each in pharmacies
            if each.pharmacy_id not in self.known
        }
        if days:
            taken = self.loads.taken(days)
            self.known |= {pharmacy_id: taken.get(pharmacy_id, 0) for pharmacy_id in days}

    def of(self, pharmacy: Listing) -> int:
        return self.known[pharmacy.pharmacy_id]


@dataclass(slots=True)
class Found:
    """The ranking, best first, and those around the patient who are refused, nearest first."""

    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]
    weighed: int


@dataclass(slots=True)
class Best:
    """The best so far, by points, ties by NCPDP id."""

    need: Need
    policy: Policy
    book: Book
    entries: list[tuple[float, str, Listing, int]] = field(default_factory=list)

    @property
    def floor(self) -> float:
        """What a newcomer needs at least."""
        is_full = len(self.entries) == self.policy.candidates_max
        return -self.entries[-1][0] - SLACK if is_full else 0.0

    def add(self, pharmacies: Iterable[Bounded]) -> None:
        """Weigh those of them that may fill it, and are not too busy to be ranked at all."""
        floor, idle = self.floor, POINTS * self.policy.weights["capacity"]
        for bound, pharmacy in pharmacies:
            load = self.book.of(pharmacy)
            if bound - idle * (1 - spare(pharmacy.capacity, load)) < floor:
                continue
            if not refusals(pharmacy, self.need, load=load):
                score = self._score(pharmacy, load)
                self.entries.append((-score, pharmacy.ncpdp_id, pharmacy, load))
        self.entries.sort(key=lambda entry: entry[:2])
        del self.entries[self.policy.candidates_max :]

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        return tuple(
            weigh(pharmacy, self.need, self.policy, load=load)
            for _, _, pharmacy, load in self.entries
        )

    def _score(self, pharmacy: Listing, load: int) -> float:
        miles = miles_to(pharmacy, self.need)
        each = parts(pharmacy, self.need, load=load, miles=miles, policy=self.policy)
        return points(each, self.policy)


def search(
    need: Need, *, directory: Directory, rosters: Rosters, loads: Loads, policy: Policy
) -> Found:
    """Everybody who may fill it, the best of them ranked."""
    roster = rosters.roster(need.state)
    around: list[Listing] = list(islice(roster.nearest(need.home), policy.nearby))
    best = Best(need, policy, Book(loads, need))
    named = _named(need, directory)
    around += _known(sorted(need.refused_by)[:NAMED_MAX], directory)
    if named is not None:
        best.book.read([*named, *around])
        best.add((inf, pharmacy) for pharmacy in named)
    else:
        _hunt(Hunt(roster, need, policy), best, around)
    refused = {each.pharmacy_id: each for each in (*(named or ()), *around)}
    return Found(
        candidates=best.ranked,
        excluded=_excluded(refused.values(), best.book, need),
        weighed=len(best.book.known),
    )


def weigh(pharmacy: Listing, need: Need, policy: Policy, *, load: int) -> Candidate:
    """One pharmacy's place in the ranking, whether or not it passes the gates."""
    miles = miles_to(pharmacy, need)
    each = parts(pharmacy, need, load=load, miles=miles, policy=policy)
    return Candidate(
        pharmacy_id=pharmacy.pharmacy_id,
        name=pharmacy.name,
        score=points(each, policy),
        miles=round(miles, MILES_PLACES),
        parts=each,
    )


def _named(need: Need, directory: Directory) -> list[Listing] | None:
    """Those who alone come into question, where the plan or the law names them."""
    if need.schedule is not None and need.addressed_to is not None:
        named: Sequence[str] = [need.addressed_to]
    elif need.lock_in:
        named = sorted(need.lock_in)[:NAMED_MAX]
    else:
        return None
    return _known(named, directory)


def _known(pharmacy_ids: Sequence[str], directory: Directory) -> list[Listing]:
    found = (directory.pharmacy(pharmacy_id) for pharmacy_id in pharmacy_ids)
    return [pharmacy for pharmacy in found if pharmacy is not None]


def _hunt(hunt: Hunt, best: Best, around: Sequence[Listing]) -> None:
    size = BATCH
    batch = hunt.batch(size, floor=best.floor)
    best.book.read([*(pharmacy for _, pharmacy in batch), *around])
    while batch:
        best.add(batch)
        size = min(2 * size, BATCH_MAX)
        batch = hunt.batch(size, floor=best.floor)
        best.book.read(pharmacy for _, pharmacy in batch)


def _excluded(pharmacies: Iterable[Listing], book: Book, need: Need) -> tuple[Excluded, ...]:
    gated = ((each, refusals(each, need, load=book.of(each))) for each in pharmacies)
    return tuple(
        Excluded(pharmacy_id=each.pharmacy_id, name=each.name, reasons=reasons)
        for each, reasons in gated
        if reasons
    )


class Hunt:
    """Pharmacies of a roster by the most points they could have, best first."""

    def __init__(self, roster: Roster, need: Need, policy: Policy) -> None:
        self._roster = roster
        self._need = need
        self._view = roster.view(need, policy)
        self._here = vector_of(need.home)
        self._distance = POINTS * policy.weights["distance"]
        self._open = POINTS * policy.weights["open"]
        self._radius = policy.radius_miles
        prompt = (is_prompt(hours, need.at) for hours in roster.patterns)
        self._open_points = [self._open if each else 0.0 for each in prompt]
        self._met: set[int] = set()
        self._heap: list[tuple[float, int, int]] = []
        able = roster.abilities(need)
        self._able = able or 0
        if able is not None and self._view.group_best:
            for place, run in enumerate(roster.cells.groups):
                self._enter(GROUP, place, run, self._view.group_best[place])
            heappush(self._heap, (-max(self._view.group_best) - self._open, FAR, 0))

    def batch(self, size: int, *, floor: float) -> list[Bounded]:
        """The next pharmacies that could have `floor` points or more; empty when there are none."""
        found: list[Bounded] = []
        cells, heap = self._roster.cells, self._heap
        while heap and len(found) < size and -heap[0][0] >= floor:
            least, kind, place = heappop(heap)
            if kind == ROW:
                found.append((-least, self._roster.listing(place)))
            elif kind == LEAF:
                self._meet(range(cells.leaves[place].start, cells.leaves[place].end), floor)
            elif kind == GROUP:
                for leaf in range(cells.groups[place].start, cells.groups[place].end):
                    self._enter(LEAF, leaf, cells.leaves[leaf], self._view.leaf_best[leaf])
            elif place < len(self._view.by_rest):
                self._meet((self._view.by_rest[place],), floor)
                self._enter_far(place + 1)
        return found

    def _enter(self, kind: int, place: int, run: Run, best: float) -> None:
        """Cells beyond the radius wait with the far ones, where their distance does not matter."""
        miles = miles_at_least(self._need.home, run.box)
        if miles < self._radius:
            bound = best + self._open + self._distance * (1 - miles / self._radius)
            heappush(self._heap, (-bound, kind, place))

    def _enter_far(self, place: int) -> None:
        if place < len(self._view.by_rest):
            bound = self._view.rest[self._view.by_rest[place]] + self._open
            heappush(self._heap, (-bound, FAR, place))

    def _meet(self, rows: Iterable[int], floor: float) -> None:
        """Enter pharmacies with their own bounds, each once, unless they come too late."""
        roster, rest, able = self._roster, self._view.rest, self._able
        for row in rows:
            if roster.bits[row] & able != able or row in self._met:
                continue
            self._met.add(row)
            miles = miles_apart(self._here, roster.cells.vectors[row])
            bound = rest[row] + self._open_points[roster.hours[row]]
            if miles < self._radius:
                bound += self._distance * (1 - miles / self._radius)
            if bound >= floor:
                heappush(self._heap, (-bound, ROW, row))
