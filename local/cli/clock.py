"""clock advance: waits of days end at once, on local engines only.

The engine keeps its own time, so nothing is turned forward: every open wait whose timeout lies
before the new time is failed as the engine would fail it then, with the error its machine catches.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pharmonico.adapters.dynamodb.items import body_of
from pharmonico.fulfillment.machine.waits import Wait
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import SystemClock

from local.cloud import running_cloud
from local.place import LocalError, read_json, write_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from local.aws import Engine
    from local.place import Place

EXPIRED = "WaitExpired"
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
SPAN_S_MAX = 3_650 * UNITS["d"]
SPAN = re.compile(r"(\d+)([smhd])")
GONE = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"}


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    clock = commands.add_parser("clock", help="let local waits expire early")
    verbs = clock.add_subparsers(required=True, metavar="VERB")
    advance = verbs.add_parser("advance", help="as if so much time had passed: 3d, 12h, 30m")
    advance.add_argument("by", type=span)
    advance.set_defaults(run=run_advance)


def span(text: str) -> timedelta:
    """`1d12h` as a length of time."""
    parts = SPAN.findall(text)
    if not parts or SPAN.sub("", text):
        raise LocalError(f"{text!r} is no length of time: say 3d, 12h, 30m or 1d12h")
    length = sum(int(count) * UNITS[unit] for count, unit in parts)
    if length > SPAN_S_MAX:
        raise LocalError(f"{text!r} is longer than any wait: ten years at most")
    return timedelta(seconds=length)


def run_advance(options: argparse.Namespace) -> None:
    """Expire what has run out by then, and say what that was."""
    cloud, now = running_cloud(options.place), SystemClock().now()
    turns = [*read_turns(options.place), (now, options.by)]
    _write_turns(options.place, turns)
    expired = 0
    for order, wait in open_waits(cloud.engine, cloud.outputs["OrdersTable"]):
        left = time_left(wait, now=now, turns=turns)
        if left > timedelta():
            print(f"{order}  {wait.name} has {_rounded(left)} left")
        elif expire(cloud.engine, wait, by=options.by):
            print(f"{order}  {wait.name} expired")
            expired += 1
    print(f"{expired} {'wait' if expired == 1 else 'waits'} expired")


def time_left(wait: Wait, *, now: datetime, turns: list[tuple[datetime, timedelta]]) -> timedelta:
    """What is left of the wait, when each turn of the clock since its opening counts."""
    turned = sum((by for at, by in turns if at >= wait.opened_at), timedelta())
    return wait.opened_at + timedelta(seconds=wait.timeout_s) - (now + turned)


def open_waits(engine: Engine, table: str) -> Iterator[tuple[str, Wait]]:
    """Every open wait with the prescription it belongs to."""
    pages = (
        engine.client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=table,
            FilterExpression="sk = :order",
            ExpressionAttributeValues={":order": {"S": "order"}},
        )
    )
    for page in pages:
        for item in page["Items"]:
            body: dict[str, Any] = json.loads(body_of(item))
            wait = Wait.model_validate(body["wait"]) if body.get("wait") else None
            if wait and wait.is_open(Status(body["status"])):
                yield body["id"], wait


def expire(engine: Engine, wait: Wait, *, by: timedelta) -> bool:
    """Fail the wait's token; one that is gone already was answered by someone else."""
    try:
        engine.client("stepfunctions").send_task_failure(
            taskToken=wait.token, error=EXPIRED, cause=f"the local clock was advanced by {by}"
        )
    except ClientError as refused:
        if refused.response["Error"]["Code"] not in GONE:
            raise
        return False
    return True


def read_turns(place: Place) -> list[tuple[datetime, timedelta]]:
    """How the clock was turned before."""
    kept = read_json(place.data / "clock.json").get("turns", [])
    return [(datetime.fromisoformat(at), timedelta(seconds=by_s)) for at, by_s in kept]


def _write_turns(place: Place, turns: list[tuple[datetime, timedelta]]) -> None:
    kept = [[at.isoformat(), by.total_seconds()] for at, by in turns]
    write_json(place.data / "clock.json", {"turns": kept})


def _rounded(left: timedelta) -> str:
    return str(timedelta(seconds=round(left.total_seconds())))
