"""webhooks: register endpoints, read their log, send again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.webhooks.endpoint import EVENT_TYPES
from pharmonico.kit.clock import SystemClock

from local.cli.clock import span
from local.cli.prescriptions import client_of
from local.tokens import PROVIDER

if TYPE_CHECKING:
    import argparse

    from local.client import Client

ENDPOINTS = "/api/v1/webhooks/endpoints"
LOGGED_MAX = "25"


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `webhooks` and what may be done with them."""
    group = commands.add_parser("webhooks", help="endpoints that are told of events, and their log")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="register an endpoint of the local provider")
    add.add_argument("url", help="https://…, or http on this machine")
    add.add_argument("events", nargs="*", default=EVENT_TYPES, help="all when none is named")
    add.set_defaults(run=run_add)
    listing = actions.add_parser("list", help="every endpoint")
    listing.set_defaults(run=run_list)
    for name, told in (
        ("test", "send a message about nothing"),
        ("pause", "hold back what happens from now on"),
        ("resume", "send again"),
        ("rotate", "a new secret; the old one signs beside it for a day"),
        ("log", "what was sent, newest first"),
    ):
        action = actions.add_parser(name, help=told)
        action.add_argument("endpoint", help="whe_…, as list prints it")
        action.set_defaults(run=run_log if name == "log" else run_act, action=name)
    replay = actions.add_parser("replay", help="send again what failed or was held, or one message")
    replay.add_argument("endpoint")
    replay.add_argument("message", nargs="?", help="msg_…, as log prints it")
    replay.add_argument("--since", type=span, default=timedelta(days=1), help="such as 3d or 2h")
    replay.add_argument("--delivered", action="store_true", help="what was delivered as well")
    replay.set_defaults(run=run_replay)


def run_add(options: argparse.Namespace) -> None:
    """Print the id and the secret, which is told this once."""
    wanted = {"url": options.url, "events": list(options.events)}
    made = client_of(options.place, PROVIDER).act(ENDPOINTS, wanted)
    print(f"{made['endpoint_id']}  {made['secret']}")


def run_list(options: argparse.Namespace) -> None:
    for each in client_of(options.place, "ops").read(ENDPOINTS)["items"]:
        print(f"{each['endpoint_id']}  {each['status']:7} {each['audience']:20} {each['url']}")


def run_act(options: argparse.Namespace) -> None:
    client = client_of(options.place, "ops")
    answer = client.act(f"{ENDPOINTS}/{options.endpoint}/{options.action}")
    print(answer.get("secret") or answer.get("message_id") or answer["status"])


def run_log(options: argparse.Namespace) -> None:
    """A line per message: when, what, about which prescription, what became of it."""
    path = f"{ENDPOINTS}/{options.endpoint}/deliveries"
    for each in client_of(options.place, "ops").read(path, limit=LOGGED_MAX)["items"]:
        print(log_line(each))


def log_line(delivery: dict[str, Any]) -> str:
    """One delivery in one line, with what its last try brought."""
    last = (delivery["attempts"] or [{}])[-1]
    came = last.get("status") or last.get("problem") or "-"
    about = delivery["prescription_id"] or "-"
    at, told = delivery["created_at"][:19], f"{delivery['status']} ({delivery['tries']}: {came})"
    return f"{at}  {delivery['message_id']}  {delivery['event_type']:26} {about:29} {told}"


def run_replay(options: argparse.Namespace) -> None:
    """Queue one message, or everything of that time until nothing is left."""
    client = client_of(options.place, "ops")
    endpoint = f"{ENDPOINTS}/{options.endpoint}"
    if options.message:
        print(client.act(f"{endpoint}/deliveries/{options.message}/replay")["status"])
        return
    print(f"{replay_all(client, endpoint, options)} queued")


def replay_all(client: Client, endpoint: str, options: argparse.Namespace) -> int:
    """The API queues a hundred at once and says when there are more."""
    since = SystemClock().now() - options.since
    statuses = ["failed", "held", *(["delivered"] if options.delivered else [])]
    wanted = {"since": since.isoformat(), "until": SystemClock().now().isoformat()}
    queued = 0
    while True:
        answer = client.act(f"{endpoint}/replay", {**wanted, "statuses": statuses})
        queued += int(answer["queued"])
        if not answer["more"]:
            return queued
