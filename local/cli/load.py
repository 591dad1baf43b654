"""load: send generated messages and follow each prescription to where it ends."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
from pharmonico.kit.clock import SystemClock

from local.client import TIMEOUT_S, Client
from local.cloud import parts_of, running_cloud
from local.demo.patient import Patient
from local.demo.sandbox import Sandbox
from local.load.board import Board
from local.load.driver import IN_FLIGHT_MAX, drive
from local.load.memory import Watched
from local.load.playing import Cast
from local.load.table import lines
from local.synthetic.scripts import scripts
from local.tokens import PROVIDER, bearer_token

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from local.cloud import Cloud
    from local.load.driver import Outcome

EVERY = 10
HTTP: dict[str, Any] = {"timeout": TIMEOUT_S, "trust_env": False}


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    parser = commands.add_parser("load", help=__doc__)
    parser.add_argument("count", type=int, help="messages, of which seven in ten are new")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other people")
    parser.add_argument("--in-flight", type=int, default=IN_FLIGHT_MAX, help="so many at once")
    parser.add_argument("--day", type=date.fromisoformat, help="when they are written (today)")
    parser.set_defaults(run=run_load)


def run_load(options: argparse.Namespace) -> int:
    """The table of ends; 1 when anything was lost or stuck. The same seed goes on from there."""
    cloud = running_cloud(options.place)
    day = options.day or SystemClock().now().date()
    messages = scripts(options.count, seed=options.seed, day=day)
    with Watched(sessions_of(cloud)) as memory, httpx.Client(**HTTP) as http:
        cast = cast_of(cloud, http, seed=options.seed, day=day)
        tell = _counting(options.count)
        report = drive(messages, cast, in_flight=options.in_flight, tell=tell)
    print("\n".join(lines(report, peak=memory.peak)))
    return 1 if report.lost or report.stuck else 0


def cast_of(cloud: Cloud, http: httpx.Client, *, seed: int, day: date) -> Cast:
    """Everybody signed in, all by the caller's connections."""
    edge, portal = cloud.ports.edge_url, f"portal.localhost:{cloud.ports.edge}"
    provider = Client(edge, bearer_token(cloud, PROVIDER), http)
    return Cast(
        ops=Client(edge, bearer_token(cloud, "ops"), http),
        provider=provider,
        sandbox=Sandbox(cloud.ports.sandbox_url, http),
        board=Board(provider),
        seed=seed,
        day=day,
        visitor=lambda: Patient(portal=portal, address=edge, http=http),
    )


def sessions_of(cloud: Cloud) -> list[int]:
    """Each part of the cloud is the first process of a session of its own."""
    return [int(cloud.place.pid(part).read_text()) for part in parts_of(cloud.place)]


def _counting(count: int) -> Callable[[Outcome], None]:
    done, lock = 0, threading.Lock()

    def tell(outcome: Outcome) -> None:
        nonlocal done
        with lock:
            done += 1
            if outcome.error:
                print(f"  {outcome.sent.message_id}: {outcome.error}", flush=True)
            if done % EVERY == 0:
                print(f"  {done} of {count}", flush=True)

    return tell
