"""Any number of synthetic pharmacies on real ZIP codes, the same ones for the same seed.

They lie as densely as ZIP codes do, are mostly licensed at home and nearby, and a few ship
everywhere. Identifiers pass their check digits; nobody real is meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from pharmonico.fulfillment.directory import Closure, Hours, Pharmacy, Place, pharmacy_id_of
from pharmonico.fulfillment.routing.areas import Point, miles_between
from pharmonico.reference import zips

from local.seed.fields import FIELDS
from local.seed.identifiers import dea_number, ncpdp_id, npi
from local.seed.plans import COMMERCIAL, MEDICARE, NARROW
from local.seed.zones import STATES, ZONE_OF_STATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pharmonico.fulfillment.directory import Schedule, Tier

IDS_PER_STATE = 8_900
"""An NCPDP id has four digits of its own; those from 9,000 on belong to the pharmacies by hand."""
NPI_START, DEA_START = 198_000_000, 100_000
SAMPLE_ID = "2109886"
MAIL_ORDER, SPECIAL, COLD, SUPPLIED = 0.03, 0.03, 0.4, 0.1
NOT_ACCEPTING, ON_LEAVE, SHUT = 0.02, 0.01, 0.01
NEXT_DOOR, EXPIRED, PREFERRED = 0.2, 0.01, 0.35
IN_NETWORK = {MEDICARE: 0.85, COMMERCIAL: 0.9, NARROW: 0.25}
"""Shares of the pharmacies of which each is true."""
DENSE_BOX, DENSE_MAX = 4, 40
NEIGHBOURS = 6
HOLIDAYS = frozenset({date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)})
ENDED, ENDS = date(2026, 1, 31), (date(2027, 12, 31), date(2028, 6, 30))
AWAY = Closure(first=date(2026, 1, 1), last=date(2027, 12, 31))
ALL_SCHEDULES: frozenset[Schedule] = frozenset({"CII", "CIII", "CIV", "CV"})
NO_NARCOTICS: frozenset[Schedule] = frozenset({"CIII", "CIV", "CV"})
_WORDS = ("Alder", "Birch", "Copper", "Dune", "Ember", "Fern", "Granite", "Heron", "Iris", "Larch")
_DAY, _SHORT, _LONG = (9 * 60, 18 * 60), (9 * 60, 13 * 60), (8 * 60, 22 * 60)
_WEEKS = {
    "shop": ((*[_DAY] * 5, _SHORT, None), 15 * 60, HOLIDAYS),
    "late": ((*[_LONG] * 7,), 17 * 60, frozenset({date(2026, 12, 25)})),
    "always": ((*[(0, 1440)] * 7,), 20 * 60, frozenset[date]()),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A ZIP that is on the map."""

    postal_code: str
    state: str
    point: Point


@dataclass(frozen=True, slots=True)
class Country:
    """All ZIPs, how dense each one's surroundings are (summed up), and the states' neighbours."""

    spots: tuple[Spot, ...]
    density: tuple[int, ...]
    neighbours: dict[str, tuple[str, ...]]


def crowd(count: int, *, seed: int = 1, limited: Sequence[str] = ()) -> Iterator[Pharmacy]:
    """`count` pharmacies, made one by one; `limited` are drugs that only some of them may have."""
    dice, country = Random(seed), _country()  # noqa: S311 - the same crowd every time
    used: Counter[str] = Counter()
    number = 0
    while number < count:
        spot = dice.choices(country.spots, cum_weights=country.density)[0]
        used[spot.state] += 1
        if used[spot.state] > IDS_PER_STATE:
            continue
        code = ncpdp_id(STATES.index(spot.state) + 1, used[spot.state])
        if code != SAMPLE_ID:
            yield _pharmacy(number, code, spot, dice=dice, country=country, limited=limited)
            number += 1


def _pharmacy(
    number: int, code: str, spot: Spot, *, dice: Random, country: Country, limited: Sequence[str]
) -> Pharmacy:
    ships = dice.random() < MAIL_ORDER
    kind = "always" if ships else dice.choice(("shop", "shop", "late"))
    word = dice.choice(_WORDS)
    name = f"{word} Specialty Pharmacy" if ships else f"{word} Pharmacy {spot.postal_code}"
    return Pharmacy(
        pharmacy_id=pharmacy_id_of(code),
        ncpdp_id=code,
        npi=npi(NPI_START + number),
        name=f"{name} {number} (synthetic)",
        synthetic=True,
        address=Place(
            line1=f"{1 + number % 999} Example Street",
            city="Example Town",
            state=spot.state,
            postal_code=spot.postal_code,
        ),
        phone=f"61455501{number % 100:02d}",
        lat=round(spot.point.lat + dice.uniform(-0.02, 0.02), 4),
        lon=round(spot.point.lon + dice.uniform(-0.02, 0.02), 4),
        hours=_hours(spot.state, kind),
        licences=_licences(spot.state, dice, country, everywhere=ships),
        networks=_networks(dice),
        capacity=dice.randrange(300, 900) if ships else dice.randrange(40, 250),
        on_time_rate=round(min(1.0, dice.betavariate(18, 2)), 3),
        price_tier=_price_tier(dice),
        **_abilities(number, dice, limited, is_special=ships or dice.random() < SPECIAL),
        **_openness(dice),
    )


def _abilities(
    number: int, dice: Random, limited: Sequence[str], *, is_special: bool
) -> dict[str, Any]:
    schedules = dice.choice(
        (ALL_SCHEDULES, ALL_SCHEDULES, ALL_SCHEDULES, NO_NARCOTICS, frozenset())
    )
    return {
        "specialties": frozenset(dice.sample(FIELDS, k=dice.randint(1, 3)) if is_special else ()),
        "limited_distribution": frozenset(
            drug for drug in limited if is_special and dice.random() < SUPPLIED
        ),
        "cold_chain": is_special or dice.random() < COLD,
        "dea_schedules": schedules,
        "dea_number": dea_number("FS", DEA_START + number) if schedules else None,
    }


def _openness(dice: Random) -> dict[str, Any]:
    """A few take nothing new, are shut for a while or for good."""
    drawn = dice.random()
    if drawn < NOT_ACCEPTING:
        return {"accepting": False}
    if drawn < NOT_ACCEPTING + ON_LEAVE:
        return {"closures": (AWAY,)}
    return {"is_open": False} if drawn < NOT_ACCEPTING + ON_LEAVE + SHUT else {}


def _licences(state: str, dice: Random, country: Country, *, everywhere: bool) -> dict[str, date]:
    others = STATES if everywhere else country.neighbours[state]
    chosen = [other for other in others if everywhere or dice.random() < NEXT_DOOR]
    ends = dice.choice(ENDS)
    home = ENDED if dice.random() < EXPIRED else ends
    return {**dict.fromkeys(chosen, ends), state: home}


def _networks(dice: Random) -> dict[str, Tier]:
    networks: dict[str, Tier] = {}
    for network, share in IN_NETWORK.items():
        if dice.random() < share:
            networks[network] = "preferred" if dice.random() < PREFERRED else "standard"
    return networks


def _price_tier(dice: Random) -> Literal[1, 2, 3, 4]:
    tiers: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 2, 3, 3, 4)
    return dice.choice(tiers)


@cache
def _hours(state: str, kind: str) -> Hours:
    week, cutoff, holidays = _WEEKS[kind]
    zone = ZONE_OF_STATE[state]
    return Hours(zone=zone, week=week, next_day_cutoff=cutoff, holidays=holidays)


@lru_cache(maxsize=1)
def _country() -> Country:
    table = zips.read((Path(zips.__file__).parent / "data" / "zips.bin").read_bytes())
    found = (
        (f"{area:03d}{table.last_two[row]:02d}", table.point(row))
        for area in range(zips.AREAS)
        for row in table.rows(area)
    )
    spots = tuple(
        Spot(code, point.state, Point(point.lat, point.lon))
        for code, point in found
        if point.state in ZONE_OF_STATE
    )
    boxes = Counter(map(_box, spots))
    weights = (min(boxes[_box(spot)], DENSE_MAX) for spot in spots)
    return Country(spots, tuple(accumulate(weights)), _neighbours(spots))


def _box(spot: Spot) -> tuple[int, int]:
    return int(spot.point.lat * DENSE_BOX), int(spot.point.lon * DENSE_BOX)


def _neighbours(spots: Sequence[Spot]) -> dict[str, tuple[str, ...]]:
    """The nearest states of each, by the middles of their ZIPs."""
    places: dict[str, list[Point]] = defaultdict(list)
    for spot in spots:
        places[spot.state].append(spot.point)
    middles = {
        state: Point(*(sum(each) / len(points) for each in zip(*points, strict=True)))
        for state, points in places.items()
    }
    return {
        state: tuple(
            sorted(
                (other for other in middles if other != state),
                key=lambda other: miles_between(middles[state], middles[other]),
            )[:NEIGHBOURS]
        )
        for state in middles
    }
