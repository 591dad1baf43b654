"""What one prescription takes: seconds, transitions, calls, units and dollars."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from bench import counting, warm
from bench.cloud import counted_cloud, fresh_cloud, functions_environment, switch_outbox
from bench.play import STAGES
from bench.proxy import COUNTS
from bench.results import Result, median
from bench.watching import play
from infra_cdk.functions import APIS
from local.demo.cost import MB_PER_GB, calls_since, transitions_of
from local.demo.prices import PER, SECRET_CALL, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.plan import Wanted
    from local.cloud import Cloud
    from local.demo.cost import Call

WARM_ROUNDS = 3
COUNTED_ROUNDS = 3
SETTLE_S = 2.0
SETTLE_MAX_S = 60.0
API_FUNCTIONS = {spec.name for spec in APIS}
WALL = "straight_way.wall_s"
NAMES = (
    "transitions",  # states entered, as the execution's history has them
    "lambda_calls",
    "lambda_gb_s",
    "ddb_trips",
    "ddb_write_units",
    "ddb_read_units",
    "s3_calls",
    "events",
    "api_requests",
    "secret_reads",
)
COST = "cost.usd_per_1000_prescriptions"
TARGETS = {"transitions": 14.0}


@dataclass(frozen=True)
class Count:
    """What one prescription used, as the proxy and the engine's records have it."""

    tally: Counter[str]
    transitions: int
    calls: Sequence[Call]
    ms_of: dict[str, float] = field(default_factory=dict)

    @property
    def gb_s(self) -> float:
        """Memory times the function's median billed time over all counted prescriptions."""
        return sum(
            self.ms_of.get(call.function, call.ms) / 1000 * call.mb / MB_PER_GB
            for call in self.calls
        )

    @property
    def usage(self) -> Usage:
        """In the terms of the price list."""
        return Usage(
            transitions=self.transitions,
            calls=len(self.calls),
            gb_s=self.gb_s,
            events=self.tally[counting.EVENT_ENTRIES],
            write_units=self.tally[counting.WRITE_UNITS],
            read_units=self.tally[counting.READ_UNITS],
            requests=sum(call.function in API_FUNCTIONS for call in self.calls),
            s3_writes=self.tally["s3.write"],
            s3_reads=self.tally["s3.read"],
        )

    def service(self, name: str) -> int:
        """Requests to one service."""
        return sum(count for key, count in self.tally.items() if key.startswith(f"{name}."))

    @property
    def figures(self) -> dict[str, float]:
        usage = self.usage
        return {
            "transitions": usage.transitions,
            "lambda_calls": usage.calls,
            "ddb_trips": self.service("dynamodb"),
            "ddb_write_units": usage.write_units,
            "ddb_read_units": usage.read_units,
            "s3_calls": self.service("s3"),
            "events": usage.events,
            "api_requests": usage.requests,
            "secret_reads": self.service("secretsmanager"),
            "lambda_gb_s": usage.gb_s,
        }


def measure(wanted: Wanted) -> Iterator[Result]:
    """Seconds on a cloud as it is; then everything that is counted, on a counted one."""
    if wanted(WALL):
        yield from _seconds()
    counted = [*(f"{name}.per_prescription" for name in NAMES), COST]
    with_sdk = any(wanted(f"{warm.GROUP}.{name}.sdk") for name in STAGES)
    if with_sdk or any(map(wanted, counted)):
        with counted_cloud() as (cloud, proxy):
            counts = list(count(cloud, proxy, rounds=COUNTED_ROUNDS))
            yield from (result for result in report(counts) if wanted(result.name))
            switch_outbox(cloud, on=False)
            yield from warm.measure_with_sdk(wanted, functions_environment(cloud))


def _seconds() -> Iterator[Result]:
    with fresh_cloud() as cloud:
        yield Result(WALL, round(play(cloud)[1], 1), "s", 15.0)
        warm_s = [play(cloud)[1] for _ in range(WARM_ROUNDS)]
        yield Result(f"{WALL}.warm", median(warm_s), "s")


def count(cloud: Cloud, proxy: str, *, rounds: int) -> Iterator[Count]:
    """Play prescriptions one after the other; the first only warms the functions up."""
    play(cloud)
    for _ in range(rounds):
        _settled(proxy)
        httpx.delete(proxy + COUNTS, trust_env=False)
        since_ms = int(time.time() * 1000)
        prescription, _ = play(cloud)
        tally = _settled(proxy)
        machine = cloud.outputs["FulfillmentMachine"]
        entered = transitions_of(cloud.engine, machine, prescription)
        yield Count(tally, entered, tuple(calls_since(cloud.engine, since_ms)))


def report(counts: Sequence[Count]) -> Iterator[Result]:
    """The medians, and the bill with its formula printed under it."""
    ms_of = billed_ms(call for each in counts for call in each.calls)
    fair = [Count(each.tally, each.transitions, each.calls, ms_of) for each in counts]
    for name in NAMES:
        values = [each.figures[name] for each in fair]
        unit = "GB-s" if name == "lambda_gb_s" else "n"
        yield Result(f"{name}.per_prescription", median(values, digits=2), unit, TARGETS.get(name))
    middle = sorted(fair, key=lambda each: each.usage.dollars)[len(fair) // 2]
    explain(middle, ms_of)
    yield Result(COST, round(middle.usage.dollars * PER, 4), "$", 0.60)


def billed_ms(calls: Iterable[Call]) -> dict[str, float]:
    """The median billed milliseconds of each function, warm, on this machine."""
    by_function: dict[str, list[float]] = {}
    for call in calls:
        by_function.setdefault(call.function, []).append(call.ms)
    return {name: median(values) for name, values in by_function.items()}


def explain(count: Count, ms_of: dict[str, float]) -> None:
    """The formula, line by line, and what goes into it."""
    print("\n  One prescription at list price (us-east-1): units x price, without logs, messages")
    for words, dollars in count.usage.lines():
        print(f"    {words:52} ${dollars * PER:8.4f} per {PER}")
    secrets = count.service("secretsmanager")
    print(f"    {'together':52} ${count.usage.dollars * PER:8.4f} per {PER}")
    apart = secrets * SECRET_CALL * PER
    print(f"    apart: Secrets Manager, {secrets} reads (kept 5 minutes)  ${apart:.4f} per {PER}")
    calls = Counter(call.function for call in count.calls)
    memory = {call.function: call.mb for call in count.calls}
    billed = (f"{name} {n} x {ms_of[name]:.0f} ms x {memory[name]} MB" for name, n in calls.items())
    print("    Lambda, billed as measured warm here: " + ", ".join(sorted(billed)))
    tally = (f"{key} {value:g}" for key, value in sorted(count.tally.items()))
    print("    AWS calls of the functions: " + ", ".join(tally) + "\n", flush=True)


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
