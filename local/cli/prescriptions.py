"""send, show, watch."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.status import TERMINAL
from pharmonico.kit.clock import SystemClock

from local.client import Client
from local.cloud import running_cloud
from local.place import LocalError
from local.samples import freshened, sample, sample_names
from local.tokens import PROVIDER, bearer_token

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from local.place import Place

POLL_S = 1.0
STDIN = "-"
ID = re.compile(r"rx_\w+")
SHOWN = ("id", "status", "patient_name", "drug", "pharmacy_id", "hold_reason", "failure_step")


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's commands."""
    send = commands.add_parser("send", help="send a message to intake; prints the id")
    what = send.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", help="an NCPDP SCRIPT or JSON file; - reads from stdin")
    what.add_argument("--sample", metavar="NAME", help=", ".join(sample_names()))
    send.add_argument(
        "--fresh", action="store_true", help="as a new message of a new patient, written today"
    )
    send.set_defaults(run=run_send)
    show = commands.add_parser("show", help="a prescription")
    show.add_argument("id", type=prescription_id)
    show.add_argument("--json", action="store_true", help="everything the API tells")
    show.set_defaults(run=run_show)
    watch = commands.add_parser("watch", help="what happens to a prescription, as it happens")
    watch.add_argument("id", type=prescription_id)
    watch.set_defaults(run=run_watch)


def prescription_id(text: str) -> str:
    """The id as `send` printed it; anything else would ask for another page of the API."""
    if not ID.fullmatch(text):
        raise LocalError(f"{text!r} is no prescription's id: say rx_…, as send printed it")
    return text


def run_send(options: argparse.Namespace) -> None:
    """Post the message and print the id alone, for scripts; what has none yet is `parked`."""
    message = sample(options.sample) if options.sample else _content(options.file)
    if options.fresh:
        message = freshened(message, now=SystemClock().now())
    answer = client_of(options.place, PROVIDER).send_message(message)
    location = str(answer.headers.get("location", ""))
    print(location.rstrip("/").rpartition("/")[2] or answer.json()["status"])


def run_show(options: argparse.Namespace) -> None:
    """Print a summary, or everything as JSON."""
    found = client_of(options.place, "ops").read(f"/api/v1/prescriptions/{options.id}")
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name in SHOWN:
        if found.get(name):
            print(f"{name.replace('_', ' '):14} {found[name]}")
    for line in (*waiting_lines(found), *finding_lines(found)):
        print(line)


def waiting_lines(found: dict[str, Any]) -> Iterator[str]:
    """For what it waits, and since when."""
    if wait := found.get("waiting"):
        yield f"{'waiting for':14} {wait['name']}, since {wait['since'][:19]}Z"


def finding_lines(found: dict[str, Any]) -> Iterator[str]:
    """What validation found the last time, in words."""
    for checked in found["documents"].get("validation", [])[-1:]:
        for finding in checked["findings"]:
            yield f"{finding['severity']:14} {finding['code']}: {finding['message']}"


def run_watch(options: argparse.Namespace) -> None:
    """Print what happens until the prescription has ended, and what is told late of it.

    Entries come in the order of their times, not of their arrival, so each is known by its place
    in the chain; after the end the timeline is read once more.
    """
    client, told, ended = client_of(options.place, "ops"), set[int](), ""
    while True:
        entries = happened(client, options.id)
        for entry in entries:
            if entry["sequence"] not in told:
                print(entry_line(entry["act"]), flush=True)
                told.add(entry["sequence"])
        if ended:
            print(f"it is {ended}")
            return
        ended = _end(entries)
        time.sleep(POLL_S)


def timeline(client: Client, prescription_id: str) -> Iterator[str]:
    """What happened, a line each: when, what, by whom."""
    return (entry_line(entry["act"]) for entry in happened(client, prescription_id))


def happened(client: Client, prescription_id: str) -> list[dict[str, Any]]:
    """The entries of the timeline; reading it is not news."""
    entries = client.read(f"/api/v1/prescriptions/{prescription_id}/timeline")["entries"]
    return [entry for entry in entries if "_read" not in entry["act"]["action"]]


def entry_line(act: dict[str, Any]) -> str:
    """One act in one line."""
    detail = act.get("detail") or {}
    move = f"{detail.get('status_from') or '·'} → {detail['status_to']}" if _moved(detail) else ""
    outcome = "" if act["outcome"] == "ok" else f" ({act['outcome']})"
    return f"{act['at'][11:19]}  {act['action'] + outcome:32} {act['actor']['role']:10} {move}"


def client_of(place: Place, role: str) -> Client:
    """A caller of the running cloud's API."""
    cloud = running_cloud(place)
    return Client(cloud.ports.edge_url, bearer_token(cloud, role))


def _end(entries: list[dict[str, Any]]) -> str:
    """The final status, once an entry tells of it."""
    reached = {(entry["act"].get("detail") or {}).get("status_to") for entry in entries}
    return next((status for status in TERMINAL if status in reached), "")


def _moved(detail: dict[str, str]) -> bool:
    return bool(detail.get("status_to")) and detail.get("status_from") != detail["status_to"]


def _content(file: str) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise LocalError(f"{file} cannot be read: {error.strerror}") from error
