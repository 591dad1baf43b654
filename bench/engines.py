"""What each engine takes here: until it is ready, until all is deployed, for a prescription."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from bench.packages import FOLDER
from bench.results import Result, median
from bench.watching import play
from local.cloud import bring_down, bring_up, endpoint, running, write_settings
from local.deploy import deploy
from local.engine.registry import ENGINES, engine_of, place_of
from local.place import LocalError, write_json
from local.ports import COMPANION, choose_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.plan import Wanted
    from local.place import Place
    from local.ports import Ports

GROUP = "engine"
ROUNDS = 3
PLAYS = 3
# Not the usual ones: a cloud that somebody starts meanwhile shall not take them.
WISHED_PORTS = {"engine": 4640, "sandbox": 8200, "edge": 8290, COMPANION: 4740}


def measure(wanted: Wanted) -> Iterator[Result]:
    """Every engine that can run here, one after the other, each from nothing."""
    for name in ENGINES:
        figures = [f"{GROUP}.{part}_s.{name}" for part in ("ready", "deploy", "straight_way")]
        if not any(wanted(figure) for figure in figures):
            continue
        try:
            taken = _measure(place_of(name, data=FOLDER / "engines"))
        except LocalError as absent:
            print(f"  {name} is not measured: {absent}", flush=True)
            continue
        for figure, seconds in zip(figures, taken, strict=True):
            if wanted(figure):
                yield Result(figure, seconds, "s")


def _measure(place: Place) -> tuple[float, float, float]:
    """Seconds until it answers, from code to all stacks, and for a prescription once it is warm."""
    ready_s, deploy_s = [], []
    try:
        for _ in range(ROUNDS):
            ports = _cleared(place)
            ready_s.append(_ready(place, ports))
            deploy_s.append(_deployed(place, ports))
        cloud = bring_up(place, port="", say=print)
        play(cloud)  # the first one starts every function
        way_s = [play(cloud)[1] for _ in range(PLAYS)]
    finally:
        bring_down(place)
    return median(ready_s, digits=2), median(deploy_s, digits=2), median(way_s, digits=2)


def _cleared(place: Place) -> Ports:
    """Nothing of an earlier round, not even the templates."""
    bring_down(place)
    shutil.rmtree(place.data, ignore_errors=True)
    write_json(place.ports, WISHED_PORTS)
    ports = choose_ports(
        place,
        running=lambda name: running(place, name),
        edge=None,
        say=print,
        companion=COMPANION in engine_of(place).parts,
    )
    write_settings(place, ports)
    return ports


def _ready(place: Place, ports: Ports) -> float:
    start = time.monotonic()
    engine_of(place).start(place, ports, listeners={}, say=print)
    return time.monotonic() - start


def _deployed(place: Place, ports: Ports) -> float:
    kind = engine_of(place)
    start = time.monotonic()
    deploy(endpoint(kind, ports), place, stage=kind.stage, say=print)
    return time.monotonic() - start
