"""Pharmacies of one roster in the order of their area cells, boxed so that far ones stay unread.

Neighbours in cell order are neighbours on the ground: runs of them make leaves, runs of leaves
make groups. Each carries the box around its members and the best any of them can have apart from
distance, so that a search opens them outward and stops where nothing better can come.
"""

from __future__ import annotations

from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from pharmonico.fulfillment.routing.areas import (
    Box,
    Point,
    miles_apart,
    miles_at_least,
    vector_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pharmonico.fulfillment.routing.areas import Vector

LEAF = 24
GROUP = 16


class Run(NamedTuple):
    """Consecutive members (of a leaf) or leaves (of a group)."""

    box: Box
    best: float
    start: int
    end: int


class Columns(NamedTuple):
    """What every member has, by the row of the roster."""

    lats: Sequence[float]
    lons: Sequence[float]
    vectors: Sequence[Vector]
    hours: Sequence[int]


class Cells:
    """`members` are rows of the roster in cell order; `rest` their points apart from distance.

    `vectors` and `hours` (the number of the opening hours) go by the place among the members.
    """

    def __init__(self, members: Sequence[int], *, columns: Columns, rest: Sequence[float]) -> None:
        self.members = members
        self.rest = rest
        self.vectors = [columns.vectors[row] for row in members]
        self.hours = [columns.hours[row] for row in members]
        lats = [columns.lats[row] for row in members]
        lons = [columns.lons[row] for row in members]
        self.leaves = _leaves(lats, lons, rest)
        self.groups = _groups(self.leaves)

    @cached_property
    def by_rest(self) -> list[int]:
        """Places of the members, the best apart from distance first: how far ones are compared."""
        return sorted(range(len(self.rest)), key=self.rest.__getitem__, reverse=True)

    def nearest(self, home: Point) -> Iterator[int]:
        """Rows outward from the point, ties by their order."""
        here = vector_of(home)
        heap = [(miles_at_least(home, run.box), 0, place) for place, run in enumerate(self.groups)]
        heap.sort()
        while heap:
            _, kind, place = heappop(heap)
            if kind == 0:
                for leaf in range(self.groups[place].start, self.groups[place].end):
                    heappush(heap, (miles_at_least(home, self.leaves[leaf].box), 1, leaf))
            elif kind == 1:
                for member in range(self.leaves[place].start, self.leaves[place].end):
                    heappush(heap, (miles_apart(here, self.vectors[member]), 2, member))
            else:
                yield self.members[place]


def _leaves(lats: list[float], lons: list[float], rest: Sequence[float]) -> list[Run]:
    runs = []
    for start in range(0, len(lats), LEAF):
        end = min(start + LEAF, len(lats))
        south, north = min(lats[start:end]), max(lats[start:end])
        west, east = min(lons[start:end]), max(lons[start:end])
        runs.append(Run(Box(south, west, north, east), max(rest[start:end]), start, end))
    return runs


def _groups(leaves: list[Run]) -> list[Run]:
    runs = []
    for start in range(0, len(leaves), GROUP):
        end = min(start + GROUP, len(leaves))
        souths, wests, norths, easts = zip(*(leaf.box for leaf in leaves[start:end]), strict=True)
        box = Box(min(souths), min(wests), max(norths), max(easts))
        runs.append(Run(box, max(leaf.best for leaf in leaves[start:end]), start, end))
    return runs
