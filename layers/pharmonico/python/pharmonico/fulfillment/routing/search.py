"""The best pharmacies for a need, searched outward by area cells and stopped by proof.

A cell is opened only while a pharmacy in it could still enter the ranking: at its distance even
perfect marks elsewhere would have to beat the last one ranked. So the ranking is exact within the
policy's radius, however many pharmacies there are, and dense areas end the search early.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Candidate, Excluded
from pharmonico.fulfillment.routing.areas import (
    NATIONAL,
    Point,
    miles_at_least,
    miles_between,
)
from pharmonico.fulfillment.routing.gates import refusals
from pharmonico.fulfillment.routing.scoring import parts, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pharmonico.fulfillment.directory import Directory, Pharmacy
    from pharmonico.fulfillment.routing.scoring import Need, Policy

MILES_PLACES = 1


@dataclass(slots=True)
class Found:
    """What a search has seen: the ranked, best first, and those refused, nearest first."""

    policy: Policy
    candidates: list[tuple[float, str, Candidate]] = field(default_factory=list)
    excluded: list[tuple[float, str, Excluded]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def ranked(self) -> tuple[Candidate, ...]:
        """By points, ties by NCPDP id."""
        return tuple(candidate for _, _, candidate in self._best())

    def refused(self) -> tuple[Excluded, ...]:
        nearest = sorted(self.excluded, key=lambda entry: entry[:2])
        return tuple(entry for _, _, entry in nearest[: self.policy.excluded_max])

    def is_settled(self, miles: float) -> bool:
        """Whether nobody that far away can enter the ranking any more."""
        best = self._best()
        full = len(best) == self.policy.candidates_max
        return full and best[-1][2].score > self.policy.best_at(miles)

    def _best(self) -> list[tuple[float, str, Candidate]]:
        self.candidates = sorted(self.candidates, key=lambda entry: entry[:2])
        self.candidates = self.candidates[: self.policy.candidates_max]
        return self.candidates


def search(need: Need, *, directory: Directory, policy: Policy) -> Found:
    """Everybody who ships everywhere, then cell after cell outward from the patient's home."""
    found = Found(policy)
    if need.controlled and need.addressed_to:
        _weigh(_addressed(need.addressed_to, directory), need, found, policy.radius_miles)
        return found
    occupied = directory.occupied_areas()
    if NATIONAL in occupied:
        _weigh(directory.pharmacies_in(NATIONAL), need, found, policy.radius_miles)
    for miles, area in _outward(need.home, occupied - {NATIONAL}, policy.radius_miles):
        if found.is_settled(miles):
            break
        _weigh(directory.pharmacies_in(area), need, found, policy.radius_miles)
    return found


def weigh(pharmacy: Pharmacy, need: Need, policy: Policy) -> Candidate:
    """One pharmacy's place in the ranking, whether or not it passes the gates."""
    miles = miles_between(need.home, Point(pharmacy.lat, pharmacy.lon))
    each = parts(pharmacy, need, miles=miles, policy=policy)
    return Candidate(
        pharmacy_id=pharmacy.pharmacy_id,
        name=pharmacy.name,
        score=points(each, policy),
        miles=round(miles, MILES_PLACES),
        parts=each,
    )


def _addressed(pharmacy_id: str, directory: Directory) -> tuple[Pharmacy, ...]:
    pharmacy = directory.pharmacy(pharmacy_id)
    return (pharmacy,) if pharmacy else ()


def _outward(home: Point, areas: Iterable[str], radius: float) -> Iterator[tuple[float, str]]:
    """Cells within the radius, nearest first, each with the least distance anything in it has."""
    reachable = ((miles_at_least(home, area), area) for area in areas)
    return iter(sorted(entry for entry in reachable if entry[0] <= radius))


def _weigh(pharmacies: Iterable[Pharmacy], need: Need, found: Found, radius: float) -> None:
    for pharmacy in pharmacies:
        if pharmacy.pharmacy_id in found.seen:
            continue
        found.seen.add(pharmacy.pharmacy_id)
        reasons = refusals(pharmacy, need)
        candidate = weigh(pharmacy, need, found.policy)
        anywhere = pharmacy.ships_nationally or pharmacy.pharmacy_id == need.addressed_to
        if candidate.miles > radius and not anywhere:
            continue
        if reasons:
            entry = Excluded(pharmacy_id=pharmacy.pharmacy_id, name=pharmacy.name, reasons=reasons)
            found.excluded.append((candidate.miles, pharmacy.ncpdp_id, entry))
        else:
            found.candidates.append((-candidate.score, pharmacy.ncpdp_id, candidate))
