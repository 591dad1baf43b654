"""The pharmacies of one state: those licensed to ship there, and those that lie in it.

A roster is read whole, once per process and state, from packed rows. It keeps what most
pharmacies are told apart by in columns and makes a `Listing` only of the few that are weighed.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Protocol

from pharmonico.fulfillment.directory import Hours, Listing, Pharmacy
from pharmonico.fulfillment.routing.areas import Point, area_of
from pharmonico.fulfillment.routing.cells import GATED, Cells, View
from pharmonico.fulfillment.routing.scoring import (
    OTHER_FIELD,
    POINTS,
    TIERS,
    UNKNOWN_TIER,
    cheapness,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.fulfillment.routing.scoring import Policy

Row = dict[str, Any]
"""A listing as JSON, defaults left out, with the one licence the state needs and its cell."""

VIEWS_MAX = 32
ABLE, SPECIAL, COLD = "able", "special", "cold"
ABLE_BIT = 1
"""Licensed, open, accepting, and with a place on an idle day: whoever is ranked has this bit."""


class Rosters(Protocol):
    """Where rosters come from; a state with no pharmacy has an empty one."""

    def roster(self, state: str) -> Roster: ...


def states_of(pharmacy: Pharmacy) -> frozenset[str]:
    """The rosters a pharmacy stands on."""
    return frozenset({*pharmacy.licences, pharmacy.address.state})


def row_of(pharmacy: Pharmacy, state: str) -> Row:
    """What the state's roster keeps of it."""
    row: Row = pharmacy.model_dump(mode="json", include=_KEPT, exclude_defaults=True)
    until = pharmacy.licences.get(state)
    row["licences"] = {state: until.isoformat()} if until else {}
    row["cell"] = area_of(Point(pharmacy.lat, pharmacy.lon))
    row["hours"] = pharmacy.hours.model_dump_json(exclude_defaults=True)
    return row


_KEPT = set(Listing.model_fields) - {"licences", "hours"}


class Roster:
    """One state's pharmacies in the order of their cells; built from rows in any order.

    By row: `bits` say what it is able to do, `hours` is the number of its opening hours among the
    `patterns`.
    """

    def __init__(self, state: str, rows: Iterable[Row]) -> None:
        self.state = state
        self._rows = sorted(rows, key=lambda row: (row["cell"], row["pharmacy_id"]))
        self._names = {ABLE: ABLE_BIT}
        self._listings: dict[int, Listing] = {}
        self._views: OrderedDict[Any, View] = OrderedDict()
        self._steadied: tuple[tuple[float, ...], list[float]] | None = None
        numbers: dict[str, int] = {}
        self.bits = [self._mask(row) for row in self._rows]
        self.hours = [numbers.setdefault(row["hours"], len(numbers)) for row in self._rows]
        self.patterns = [Hours.model_validate_json(text) for text in numbers]
        self.cells = Cells([Point(row["lat"], row["lon"]) for row in self._rows])

    def __len__(self) -> int:
        return len(self._rows)

    def listing(self, row: int) -> Listing:
        """The pharmacy of the row; the few that are asked for are remembered."""
        known = self._listings.get(row)
        if known is None:
            facts = {**self._rows[row], "hours": self.patterns[self.hours[row]]}
            known = self._listings[row] = Listing.model_validate(facts)
        return known

    def nearest(self, home: Point) -> Iterator[Listing]:
        """Everybody on the roster, outward from the point."""
        return (self.listing(row) for row in self.cells.nearest(home))

    def view(self, need: Need, policy: Policy) -> View:
        """Whom such a need can consider at all, with their points apart from distance.

        The points are those of an idle pharmacy that is shut: load and hours are no columns.
        What only some drugs need is left to `abilities`, so that few views serve many needs.
        """
        key = (need.network, need.specialty, need.limited, *policy.weights.values())
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = self._viewed(need, policy)
            if len(self._views) > VIEWS_MAX:
                self._views.popitem(last=False)
        else:
            self._views.move_to_end(key)
        return view

    def abilities(self, need: Need) -> int | None:
        """The bits that a row of the view must have besides; None when nobody has one."""
        names = [COLD] if need.cold_chain else []
        return self._bits_of([*names, *([f"schedule:{need.schedule}"] if need.schedule else [])])

    def _viewed(self, need: Need, policy: Policy) -> View:
        worth = self._worth(need, policy)
        telling = reduce(or_, worth, 0)
        columns = zip(self._steady(policy), self.bits, strict=True)
        return View(self.cells, [points + worth.get(b & telling, GATED) for points, b in columns])

    def _worth(self, need: Need, policy: Policy) -> dict[int, float]:
        """Points for network tier and specialty, by the bits of whom the view does not rule out.

        A plan we do not know has one tier, which everybody is in; a drug without a field suits
        everybody.
        """
        names = [ABLE, *([SPECIAL] if need.specialty else [])]
        wanted = self._bits_of([*names, *([f"drug:{need.limited}"] if need.limited else [])])
        if wanted is None:
            return {}
        tiers = {0: UNKNOWN_TIER}
        if need.network is not None:
            named = ((f"{need.network}:{tier}", share) for tier, share in TIERS.items())
            tiers = {self._names[name]: share for name, share in named if name in self._names}
        network, match = (POINTS * policy.weights[part] for part in ("network", "specialty"))
        if need.specialty is None:
            return {wanted | bit: network * share + match for bit, share in tiers.items()}
        field = self._names.get(f"field:{need.specialty}", 0)
        worth = {wanted | b: network * share + match * OTHER_FIELD for b, share in tiers.items()}
        own = {wanted | b | field: network * share + match for b, share in tiers.items() if field}
        return worth | own

    def _steady(self, policy: Policy) -> list[float]:
        """Points for being on time, cheap and idle."""
        weights = (*policy.weights.values(),)
        if self._steadied is None or self._steadied[0] != weights:
            on_time, price = (POINTS * policy.weights[part] for part in ("on_time", "price"))
            idle = POINTS * policy.weights["capacity"]
            points = [
                idle + on_time * row["on_time_rate"] + price * cheapness(row.get("price_tier", 2))
                for row in self._rows
            ]
            self._steadied = (weights, points)
        return self._steadied[1]

    def _bits_of(self, names: Iterable[str]) -> int | None:
        """All their bits; None when nobody has one of them."""
        bits = [self._names.get(name) for name in names]
        return None if None in bits else sum(bit for bit in bits if bit)

    def _mask(self, row: Row) -> int:
        names = [f"{network}:{tier}" for network, tier in row["networks"].items()]
        is_able = row["licences"] and row["capacity"] and row.get("accepting", True)
        if is_able and row.get("is_open", True):
            names.append(ABLE)
        if "cold_chain" in row:
            names.append(COLD)
        if "specialties" in row:
            names += [SPECIAL, *(f"field:{field}" for field in row["specialties"])]
        names += [f"schedule:{schedule}" for schedule in row.get("dea_schedules", ())]
        names += [f"drug:{drug}" for drug in row.get("limited_distribution", ())]
        mask = 0
        for name in names:
            mask |= self._names.setdefault(name, 1 << len(self._names))
        return mask
