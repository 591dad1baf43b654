"""How many prescriptions a minute come to their ends on the embedded cloud, in a day's mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from pharmonico.kit.clock import SystemClock

from bench.cloud import fresh_cloud
from bench.results import Result
from local.cli.load import HTTP, cast_of, sessions_of
from local.load.driver import IN_FLIGHT_MAX, drive
from local.load.memory import Watched
from local.place import LocalError
from local.synthetic.scripts import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.plan import Wanted
    from local.cloud import Cloud
    from local.load.driver import Report

RATE, PEAK = "pipeline.prescriptions_per_min", "pipeline.peak_mib"
WARM_UP, COUNT = 10, 60
WARM_SEED, SEED = 901, 902
MIB, MINUTE_S = 2**20, 60


def measure(wanted: Wanted) -> Iterator[Result]:
    """After a few messages that start the functions; lost or stuck ones make it no figure."""
    if not (wanted(RATE) or wanted(PEAK)):
        return
    with (
        fresh_cloud() as cloud,
        Watched(sessions_of(cloud)) as memory,
        httpx.Client(**HTTP) as http,
    ):
        _run(cloud, http, WARM_UP, WARM_SEED)
        report = _run(cloud, http, COUNT, SEED)
    rate = len(report.prescriptions) / (report.seconds / MINUTE_S)
    yield Result(RATE, round(rate, 1), "1/min", better="higher")
    yield Result(PEAK, round(memory.peak / MIB), "MiB")


def _run(cloud: Cloud, http: httpx.Client, count: int, seed: int) -> Report:
    day = SystemClock().now().date()
    messages, cast = scripts(count, seed=seed, day=day), cast_of(cloud, http, seed=seed, day=day)
    report = drive(messages, cast, in_flight=IN_FLIGHT_MAX, tell=lambda _: None)
    if report.lost or report.stuck:
        raise LocalError(f"{len(report.lost)} messages lost, {len(report.stuck)} stuck")
    return report
