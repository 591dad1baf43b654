"""Pharmacies of one roster in the order of their area cells, boxed so that far ones stay unread.

Neighbours in cell order are neighbours on the ground: runs of them make leaves, runs of leaves
make groups. Each has the box around its members; a view adds the best any of them can have apart
from distance. So a search opens them outward and stops where nothing better can come.
"""

from __future__ import annotations

from functools import cached_property
from heapq import heapify, heappop, heappush
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

LEAF = 24
GROUP = 16
GATED = -1_000_000.0
"""The points of whom a view leaves out."""


class Run(NamedTuple):
    """Consecutive rows (of a leaf) or leaves (of a group)."""

    box: Box
    start: int
    end: int


class Cells:
    """Where the rows of a roster lie, which come in cell order."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.vectors = [vector_of(point) for point in points]
        self.leaves = _leaves([point.lat for point in points], [point.lon for point in points])
        self.groups = _groups(self.leaves)

    def nearest(self, home: Point) -> Iterator[int]:
        """Rows outward from the point."""
        here = vector_of(home)
        heap = [(miles_at_least(home, run.box), 0, place) for place, run in enumerate(self.groups)]
        heapify(heap)
        while heap:
            _, kind, place = heappop(heap)
            if kind == 0:
                for leaf in range(self.groups[place].start, self.groups[place].end):
                    heappush(heap, (miles_at_least(home, self.leaves[leaf].box), 1, leaf))
            elif kind == 1:
                for row in range(self.leaves[place].start, self.leaves[place].end):
                    heappush(heap, (miles_apart(here, self.vectors[row]), 2, row))
            else:
                yield place


class View:
    """The rows' points apart from distance, for one kind of need; `GATED` for whom it rules out."""

    def __init__(self, cells: Cells, rest: Sequence[float]) -> None:
        self.rest = rest
        self.leaf_best = [max(rest[run.start : run.end]) for run in cells.leaves]
        self.group_best = [max(self.leaf_best[run.start : run.end]) for run in cells.groups]

    @cached_property
    def by_rest(self) -> list[int]:
        """The rows it does not rule out, the best first: how far ones are compared."""
        rows = [row for row, points in enumerate(self.rest) if points > GATED / 2]
        return sorted(rows, key=self.rest.__getitem__, reverse=True)


def _leaves(lats: list[float], lons: list[float]) -> list[Run]:
    runs = []
    for start in range(0, len(lats), LEAF):
        end = min(start + LEAF, len(lats))
        south, north = min(lats[start:end]), max(lats[start:end])
        west, east = min(lons[start:end]), max(lons[start:end])
        runs.append(Run(Box(south, west, north, east), start, end))
    return runs


def _groups(leaves: list[Run]) -> list[Run]:
    runs = []
    for start in range(0, len(leaves), GROUP):
        end = min(start + GROUP, len(leaves))
        souths, wests, norths, easts = zip(*(leaf.box for leaf in leaves[start:end]), strict=True)
        box = Box(min(souths), min(wests), max(norths), max(easts))
        runs.append(Run(box, start, end))
    return runs
