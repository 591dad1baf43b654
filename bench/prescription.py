"""What one prescription takes: seconds, transitions, calls, units and dollars."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import httpx

from bench import warm
from bench.cloud import (
    PLACE,
    cold_cloud,
    counted_cloud,
    fresh_cloud,
    functions_environment,
    switch_outbox,
)
from bench.play import STAGES
from bench.proxy import COUNTS
from bench.results import Result, median
from bench.usage import NAMES, UNITS, Count, explanation
from bench.watching import play
from bench.workers import cpu_seconds
from local.demo.cost import calls_since, transitions_of
from local.demo.prices import PER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.plan import Wanted
    from local.cloud import Cloud

COLD_ROUNDS = 5
WARM_ROUNDS = 5
COUNTED_ROUNDS = 5
SETTLE_S = 2.0
SETTLE_MAX_S = 60.0
WALL = "straight_way.wall_s"
COST = "cost.usd_per_1000_prescriptions"
TARGETS = {"transitions": 9.0}


def measure(wanted: Wanted) -> Iterator[Result]:
    """Seconds on a cloud as it is; then everything that is counted, on a counted one."""
    if wanted(WALL):
        yield from _seconds()
    counted = any(wanted(name) for name in (*map(_figure, NAMES), COST))
    if not counted and not any(wanted(f"{warm.GROUP}.{name}.sdk") for name in STAGES):
        return
    with counted_cloud() as (cloud, proxy):
        if counted:
            counts = list(count(cloud, proxy, rounds=COUNTED_ROUNDS))
            yield from (result for result in report(counts) if wanted(result.name))
        switch_outbox(cloud, on=False)
        yield from warm.measure_with_sdk(wanted, functions_environment(cloud))


def _seconds() -> Iterator[Result]:
    with fresh_cloud() as cloud:
        cold_s = [play(cloud)[1]]
        warm_s = [play(cloud)[1] for _ in range(WARM_ROUNDS)]
    while len(cold_s) < COLD_ROUNDS:
        with cold_cloud() as cloud:
            cold_s.append(play(cloud)[1])
    yield Result(WALL, median(cold_s), "s", 15.0)
    yield Result(f"{WALL}.warm", median(warm_s), "s")


def count(cloud: Cloud, proxy: str, *, rounds: int) -> Iterator[Count]:
    """Play prescriptions one after the other; the first only warms the functions up."""
    play(cloud)
    for _ in range(rounds):
        _settled(proxy)
        httpx.delete(proxy + COUNTS, trust_env=False)
        since_ms, before = int(time.time() * 1000), cpu_seconds(PLACE.scratch)
        prescription, _ = play(cloud)
        tally = _settled(proxy)
        after = cpu_seconds(PLACE.scratch)
        cpu_s = {name: spent - before.get(name, 0.0) for name, spent in after.items()}
        machine = cloud.outputs["FulfillmentMachine"]
        entered = transitions_of(cloud.engine, machine, prescription)
        yield Count(tally, entered, tuple(calls_since(cloud.engine, since_ms)), cpu_s)


def report(counts: Sequence[Count]) -> Iterator[Result]:
    """The medians, and the bill with its formula printed over it."""
    for name in NAMES:
        value = median((each.figures[name] for each in counts), digits=2)
        yield Result(_figure(name), value, UNITS.get(name, "n"), TARGETS.get(name))
    middle = sorted(counts, key=lambda each: each.usage.dollars)[len(counts) // 2]
    print(explanation(middle), flush=True)
    yield Result(COST, round(middle.usage.dollars * PER, 4), "$", 0.55)


def _figure(name: str) -> str:
    return f"{name}.per_prescription"


def _settled(proxy: str) -> Counter[str]:
    """The tally once nothing is added any more: audit and messages come after the end."""
    deadline, before = time.monotonic() + SETTLE_MAX_S, None
    while time.monotonic() < deadline:
        now = httpx.get(proxy + COUNTS, trust_env=False).json()
        if now == before:
            break
        before = now
        time.sleep(SETTLE_S)
    return Counter(before)
