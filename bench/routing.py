"""CPU of one routing decision in countries of 600, 6,000 and 60,000 pharmacies.

Patients live where ZIP codes are, ask for ordinary, specialty, cold and controlled drugs under
every plan, and pharmacies are up to half full. Rosters are read beforehand, as a warm process has
them; views of them are made where a need is the first of its kind, and counted in. Counters of
places are read from memory: how many a decision asks a table for is a figure of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.loads import MemoryLoads
from pharmonico.fulfillment.routing.areas import Point
from pharmonico.fulfillment.routing.need import Need
from pharmonico.fulfillment.routing.roster import Roster, row_of, states_of
from pharmonico.fulfillment.routing.scoring import Policy
from pharmonico.fulfillment.routing.search import search
from pharmonico.reference import zips

from bench.results import Result
from local.place import ROOT, LocalError
from local.seed.crowd import crowd
from local.seed.fields import FIELDS
from local.seed.plans import COMMERCIAL, MEDICARE, NARROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.directory import Pharmacy

    from bench.plan import Wanted

GROUP = "routing"
SIZES = (600, 6_000, 60_000)
TARGET_MS = 10.0
DECISIONS = 2_000
BUSY = 0.5
AT = datetime(2026, 9, 15, 17, tzinfo=UTC)
UNITS = {"p95_cpu_ms": "ms", "p50_cpu_ms": "ms", "roster_cpu_ms": "ms", "reads": "n", "trips": "n"}


def measure(wanted: Wanted) -> Iterator[Result]:
    """Per size: CPU of a decision, what it reads, and what it cost to read the largest roster."""
    for size in SIZES:
        names = {figure: f"{GROUP}.{figure}.{size}" for figure in UNITS}
        if any(map(wanted, names.values())):
            figures = _apart(size)
            for figure, name in names.items():
                if wanted(name):
                    target = TARGET_MS if figure == "p95_cpu_ms" else None
                    yield Result(name, figures[figure], UNITS[figure], target)


def _apart(size: int) -> dict[str, float]:
    """In a process of its own, so that no figure pays for another one's memory."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        done = subprocess.run(
            [sys.executable, "-m", "bench.routing", str(size), str(out)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LocalError(f"routing could not be measured: {done.stderr[-600:]}")
        return dict(json.loads(out.read_text()))


class Country(MemoryDirectory):
    """A directory whose rosters are read from packed rows, as a function reads them."""

    def __init__(self, pharmacies: list[Pharmacy]) -> None:
        super().__init__(pharmacies=pharmacies)
        texts: dict[str, list[str]] = {}
        for pharmacy in pharmacies:
            for state in states_of(pharmacy):
                texts.setdefault(state, []).append(json.dumps(row_of(pharmacy, state)))
        self.spent_ms: list[float] = []
        self._rosters = {state: self._read(state, rows) for state, rows in texts.items()}

    def _read(self, state: str, rows: list[str]) -> Roster:
        packed = f"[{','.join(rows)}]"
        _forget()
        start = time.process_time()
        roster = Roster(state, json.loads(packed))
        self.spent_ms.append((time.process_time() - start) * 1000)
        return roster


def figures(size: int) -> dict[str, float]:
    """What `DECISIONS` decisions cost in a country of that size."""
    dice = Random(size)  # noqa: S311 - the same needs every time
    pharmacies, loads = list(crowd(size)), MemoryLoads()
    for pharmacy in pharmacies:
        taken = int(pharmacy.capacity * dice.random() * BUSY)
        loads.put(pharmacy.pharmacy_id, pharmacy.hours.local(AT).date(), taken)
    needs = [_need(dice, pharmacies) for _ in range(DECISIONS)]
    country, policy = Country(pharmacies), Policy()
    _forget()
    spent = []
    for need in needs:
        start = time.process_time()
        search(need, directory=country, rosters=country, loads=loads, policy=policy)
        spent.append((time.process_time() - start) * 1000)
    percentiles = statistics.quantiles(spent, n=100)
    return {
        "p95_cpu_ms": round(percentiles[94], 2),
        "p50_cpu_ms": round(percentiles[49], 2),
        "roster_cpu_ms": round(max(country.spent_ms), 1),
        "reads": round(loads.asked["counters"] / DECISIONS, 1),
        "trips": round(loads.asked["trips"] / DECISIONS, 2),
    }


def _forget() -> None:
    """What was made so far is no garbage: a function holds some rosters, not a whole country."""
    gc.collect()
    gc.freeze()


def _need(dice: Random, pharmacies: list[Pharmacy]) -> Need:
    """A patient near some pharmacy of the country, as dense as they are."""
    state, home = _home(dice, pharmacies)
    specialty = dice.choice(FIELDS) if dice.random() < 0.15 else None  # noqa: PLR2004 - a share
    return Need(
        home=home,
        state=state,
        at=AT,
        network=dice.choice((MEDICARE, COMMERCIAL, NARROW, None)),
        specialty=specialty,
        cold_chain=specialty is not None and dice.random() < 0.5,  # noqa: PLR2004 - a share
        schedule=dice.choice((*(None,) * 8, "CII", "CIV")),
    )


def _home(dice: Random, pharmacies: list[Pharmacy]) -> tuple[str, Point]:
    place = dice.choice(pharmacies).address
    found = zips.locate(place.postal_code)
    if found is None:
        raise LookupError(place.postal_code)
    return place.state, Point(found.lat, found.lon)


def main() -> None:
    """`python -m bench.routing SIZE FILE`: measure one country, and write its figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.routing")
    parser.add_argument("size", type=int)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.write_text(json.dumps(figures(options.size)))


if __name__ == "__main__":
    main()
