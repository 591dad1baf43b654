"""up, down, status, seed, url, token."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from local.cloud import bring_down, bring_up, prescriber_url, running_cloud, states
from local.environment import given
from local.place import LocalError
from local.ports import kept_ports
from local.seed import seed
from local.seed.directory import CROWD
from local.seed.users import PASSWORD, ROLES, username
from local.tokens import PROVIDER, bearer_token, joins_pharmacy, provider_secret

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from local.cloud import Cloud
    from local.place import Place


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's commands."""
    up = commands.add_parser("up", help="start the local cloud, or update it in place")
    up.add_argument("--port", default="", help="the edge's port; PORT says the same")
    up.add_argument("--watch", action="store_true", help="then deploy every save until Ctrl-C")
    up.set_defaults(run=run_up)
    commands.add_parser("down", help="stop the local cloud").set_defaults(run=run_down)
    commands.add_parser("status", help="what runs, and where").set_defaults(run=run_status)
    again = commands.add_parser("seed", help="load the seed data again")
    again.add_argument(
        "--pharmacies", type=int, default=CROWD, help="so many beside those made by hand"
    )
    again.set_defaults(run=run_seed)
    commands.add_parser("url", help="the API's base URL").set_defaults(run=run_url)
    token = commands.add_parser("token", help="a bearer token of a local user")
    token.add_argument("role", choices=[*ROLES, PROVIDER])
    token.add_argument("--pharmacy", help="a pharmacy the pharmacist is to belong to: its id")
    token.set_defaults(run=run_token)


def run_up(options: argparse.Namespace) -> None:
    """Start and deploy, then say where everything is."""
    try:
        cloud = bring_up(options.place, port=options.port or given("PORT"), say=stopwatch())
    except KeyboardInterrupt:
        raise LocalError(
            "interrupted: make up goes on from here, make down stops what runs"
        ) from None
    print(addresses(cloud))
    if options.watch:
        keep_watching(options.place)


def keep_watching(place: Place) -> None:
    """Deploy what is saved; Ctrl-C ends the watching, not the cloud."""
    from local.watching.loop import watch  # noqa: PLC0415 - no other command needs its library

    try:
        watch(place, say=lambda line: print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True))
    except KeyboardInterrupt:
        print("\nno longer watching; the cloud runs on: make down stops it")


def run_down(options: argparse.Namespace) -> None:
    """Stop everything."""
    print(farewell(bring_down(options.place)))


def farewell(stopped: list[str]) -> str:
    """What was stopped, in a line."""
    return f"stopped: {', '.join(stopped)}" if stopped else "nothing was running"


def run_status(options: argparse.Namespace) -> int:
    """One line per part; fails unless all run."""
    found, ports = states(options.place), kept_ports(options.place)
    for name, state in found.items():
        at = f" at port {getattr(ports, name)}" if ports and state == "runs" else ""
        print(f"{name:8} {state}{at}")
    return 0 if set(found.values()) == {"runs"} else 1


def run_seed(options: argparse.Namespace) -> None:
    """Load the seed data; what is there already stays as it is."""
    cloud = running_cloud(options.place)
    seed(
        cloud.engine,
        cloud.outputs,
        say=print,
        prescriber_url=prescriber_url(cloud.place, cloud.ports),
        crowd_size=options.pharmacies,
    )


def run_url(options: argparse.Namespace) -> None:
    """The base URL alone, for scripts."""
    print(running_cloud(options.place).ports.edge_url)


def run_token(options: argparse.Namespace) -> None:
    """The token alone, for scripts."""
    cloud = running_cloud(options.place)
    if options.pharmacy:
        joins_pharmacy(cloud, options.pharmacy)
    print(bearer_token(cloud, options.role))


def stopwatch() -> Callable[[str], None]:
    """A printer of progress lines with the seconds since its making."""
    start = time.monotonic()
    return lambda line: print(f"{time.monotonic() - start:6.1f} s  {line}", flush=True)


def addresses(cloud: Cloud) -> str:
    """Every URL and every login, ready to be copied."""
    ports, (client_id, secret) = cloud.ports, provider_secret(cloud)
    users, others = ", ".join(username(role) for role in ROLES), ", ".join(ROLES[1:])
    return f"""
  API            {ports.edge_url}/api        described at {ports.edge_url}/docs
  patient portal {ports.site_url("portal")}/
  ops dashboard  {ports.site_url("ops")}/
  mailbox, checkouts, parcels   {ports.sandbox_url}/sandbox/
  AWS endpoint   {ports.engine_url}

  sign in        at the dashboard, each with the password {PASSWORD}
                 {users}
  tokens         for curl: .venv/bin/pharmonico token ops
                 other roles: {others}; a provider's system: provider
  provider       client {client_id}, secret {secret}
                 token from {cloud.engine.address_of("cognito-idp")}/oauth2/token
"""
