"""demo: from nothing to a delivered prescription."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from pharmonico.kit.clock import SystemClock

from local.cli.cloud import addresses, farewell, stopwatch
from local.cli.prescriptions import timeline
from local.cloud import bring_down, bring_up
from local.demo.cost import usage_of
from local.demo.prices import PER
from local.demo.story import Story, story
from local.environment import given
from local.seed.users import PASSWORD, username

if TYPE_CHECKING:
    import argparse

    from local.cloud import Cloud

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MOVE = "→"  # what an event's line has and a person's act has not


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    demo = commands.add_parser("demo", help="play one prescription from NewRx to delivered")
    demo.add_argument("--once", action="store_true", help="stop everything at the end")
    demo.add_argument("--tour", action="store_true", help="patient and staff in a browser")
    demo.set_defaults(run=run_demo)


def run_demo(options: argparse.Namespace) -> int:
    """Start, play, report, and stay until Ctrl-C; whatever happens, nothing is left running."""
    if options.tour:
        from local.browser.ensure import require  # noqa: PLC0415 - no browser without a tour

        require()  # said before anything is started
    for kind in ENDS:  # a shell's background job would ignore the first
        signal.signal(kind, signal.default_int_handler)
    say, completed = stopwatch(), False
    try:
        cloud = bring_up(options.place, port=given("PORT"), say=say)
        since_ms = int(time.time() * 1000)
        told = story(cloud, say=say)
        prescription = _play(told, cloud, tour=options.tour)
        completed = True
        report(cloud, told, prescription, since_ms=since_ms)
        if not options.once:
            print(yours_to_try(cloud, told, prescription))
            print("  Everything stays up until Ctrl-C.", flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        say("stopping")
    finally:
        for kind in ENDS:  # a second Ctrl-C would leave a part running
            signal.signal(kind, signal.SIG_IGN)
        say(f"{farewell(bring_down(options.place))}; the data stays: make up starts it again")
    return 0 if completed else 1


def _play(told: Story, cloud: Cloud, *, tour: bool) -> str:
    if not tour:
        return told.play(clock=SystemClock())
    from local.browser.tour import play_tour  # noqa: PLC0415 - without a tour no browser is needed

    return play_tour(told, dashboard=cloud.ports.site_url("ops"), clock=SystemClock())


def yours_to_try(cloud: Cloud, told: Story, delivered: str) -> str:
    """A patient who has just been invited, and the way in for staff."""
    quiet = replace(told, say=lambda _: None)
    link, born = quiet.another_patient(clock=SystemClock())
    ops = cloud.ports.site_url("ops")
    return f"""
  yours to try
    as a patient   {link}
                   just invited; date of birth {born}; codes come to the mailbox above
    as ops         {ops}/
                   sign in as {username("ops")} with the password {PASSWORD}
                   what was just delivered: {ops}/prescriptions/{delivered}
"""


def report(cloud: Cloud, told: Story, prescription: str, *, since_ms: int) -> None:
    """The timeline, the cost, and where everything is."""
    print(f"\n  What happened to {prescription}\n")
    lines = list(timeline(told.ops, prescription))
    for line in lines:
        print(f"  {line}")
    usage = usage_of(
        cloud.engine,
        told.ops.read(f"/api/v1/prescriptions/{prescription}"),
        machine=cloud.outputs["FulfillmentMachine"],
        events=sum(MOVE in line for line in lines),
        requests=told.requests,
        since_ms=since_ms,
    )
    print("\n  What it would cost on AWS at list price, without logs and messages\n")
    for what, dollars in usage.lines():
        print(f"  {what:58} ${dollars:.7f}")
    print(f"  {'together':58} ${usage.dollars:.7f}, ${usage.dollars * PER:.2f} per {PER}")
    print(addresses(cloud))
