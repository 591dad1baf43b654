"""Random small countries: pharmacies strewn around Ohio and far off, and what patients ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.loads import MemoryLoads
from pharmonico.fulfillment.directory import Closure, Hours
from pharmonico.fulfillment.routing.areas import Point
from pharmonico.fulfillment.routing.scoring import DEFAULT_WEIGHTS, Policy
from pharmonico.fulfillment.routing.search import search
from pharmonico.kit.zones import ZONES

from tests.builders import NOON
from tests.prescribing import a_need, a_pharmacy

if TYPE_CHECKING:
    from random import Random

    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.fulfillment.routing.search import Found

STATES, FIELDS = ("OH", "KY", "AK"), ("oncology", "hiv", "transplant")
NETWORKS, DRUGS = ("medicare", "open", "narrow"), ("000710156", "000710157")
SCHEDULES = ("CII", "CIII", "CIV", "CV")
TODAY = NOON.date()


@dataclass(frozen=True)
class World:
    """Pharmacies and how busy they are."""

    pharmacies: list[Pharmacy]
    loads: dict[str, int]

    @property
    def known(self) -> dict[str, Pharmacy]:
        return {each.pharmacy_id: each for each in self.pharmacies}

    def find(self, need: Need, policy: Policy) -> tuple[Found, MemoryLoads]:
        directory, loads = MemoryDirectory(pharmacies=self.pharmacies), MemoryLoads()
        for each in self.pharmacies:
            day = each.hours.local(need.at).date()
            loads.put(each.pharmacy_id, day, self.loads[each.pharmacy_id])
        found = search(need, directory=directory, rosters=directory, loads=loads, policy=policy)
        return found, loads


def a_world(dice: Random, count: int) -> World:
    spread = dice.choice((0.05, 0.5, 3.0, 20.0))
    pharmacies = [_pharmacy(dice, number, spread) for number in range(count)]
    busy = dice.choice((0.0, 0.3, 1.2))
    loads = {each.pharmacy_id: int(each.capacity * dice.random() * busy) for each in pharmacies}
    return World(pharmacies, loads)


def some_need(dice: Random, world: World) -> Need:
    ids = [each.pharmacy_id for each in world.pharmacies]
    schedule = dice.choice((None, None, None, *SCHEDULES))
    lock_in = dice.sample(ids, k=min(len(ids), 4)) if dice.random() < 0.1 else ()
    return a_need(
        home=Point(40 + dice.gauss(0, 1), -83 + dice.gauss(0, 1)),
        state=dice.choice((*STATES, "OH")),
        at=NOON + timedelta(minutes=dice.randrange(-7 * 1440, 120 * 1440)),
        network=dice.choice((None, *NETWORKS)),
        lock_in=frozenset(lock_in),
        specialty=dice.choice((None, None, *FIELDS)),
        limited=dice.choice((None, None, None, *DRUGS, "999999999")),
        cold_chain=dice.random() < 0.3,
        schedule=schedule,
        addressed_to=dice.choice((None, None, *ids[:1], "ph_gone")),
        refused_by=frozenset(dice.sample(ids, k=min(len(ids), dice.choice((0, 0, 3))))),
    )


def some_policy(dice: Random) -> Policy:
    """The default one, or weights of any kind with few or many places."""
    if dice.random() < 0.4:
        return Policy()
    shares = [dice.random() ** 3 * dice.choice((0, 1, 1)) + 1e-6 for _ in DEFAULT_WEIGHTS]
    weights = {name: s / sum(shares) for name, s in zip(DEFAULT_WEIGHTS, shares, strict=True)}
    return Policy(
        version="random",
        weights=weights,
        radius_miles=dice.choice((1.0, 30.0, 150.0, 5000.0)),
        candidates_max=dice.choice((1, 3, 10, 50)),
        nearby=dice.choice((0, 5, 25)),
    )


def _pharmacy(dice: Random, number: int, spread: float) -> Pharmacy:
    """Coarse grades, so that many are equal: ties are where a ranking goes wrong."""
    schedules = frozenset(s for s in SCHEDULES if dice.random() < 0.7)
    is_special = dice.random() < 0.4
    return a_pharmacy(
        dice.randrange(10) * 100_000 + number,
        lat=max(-89.0, min(89.0, round(40 + dice.gauss(0, spread), 2))),
        lon=(round(-83 + dice.gauss(0, 2 * spread), 2) + 180) % 360 - 180,
        licences={
            s: TODAY + dice.choice((-1, 0, 90, 900)) * timedelta(days=1)
            for s in STATES
            if dice.random() < 0.8
        },
        networks={
            n: dice.choice(("preferred", "standard")) for n in NETWORKS if dice.random() < 0.8
        },
        capacity=dice.choice((0, 1, 10, 100, 100)),
        accepting=dice.random() < 0.95,
        is_open=dice.random() < 0.95,
        closures=_closures(dice),
        specialties=frozenset(f for f in FIELDS if is_special and dice.random() < 0.6),
        limited_distribution=frozenset(d for d in DRUGS if dice.random() < 0.4),
        cold_chain=dice.random() < 0.6,
        dea_schedules=schedules,
        hours=_hours(dice),
        on_time_rate=dice.choice((0.0, 0.5, 0.9, 0.9, 1.0)),
        price_tier=dice.choice((1, 2, 3, 4)),
    )


def _closures(dice: Random) -> tuple[Closure, ...]:
    first = TODAY + timedelta(days=dice.randrange(-30, 60))
    last = first + timedelta(days=dice.randrange(20))
    return (Closure(first=first, last=last),) if dice.random() < 0.2 else ()


def _hours(dice: Random) -> Hours:
    def day() -> Any:
        opens = dice.randrange(0, 700, 60)
        return None if dice.random() < 0.2 else (opens, dice.randrange(opens, 1441, 60))

    some: list[date] = [datetime.date(NOON) + timedelta(days=dice.randrange(90)) for _ in range(9)]
    return Hours(
        zone=dice.choice(sorted(ZONES)),
        week=tuple(day() for _ in range(7)),
        next_day_cutoff=dice.randrange(0, 1441, 60),
        holidays=frozenset(some),
    )
