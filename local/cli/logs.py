"""logs: the functions' log groups and the background processes' files, as they grow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from local.cloud import parts_of, running_cloud

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

GROUPS = "/aws/lambda/"
NOISE = ("START RequestId", "END RequestId", "REPORT RequestId")
POLL_S = 1.0
LINES_BEFORE = 10
BACK_MS = 60_000


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    logs = commands.add_parser("logs", help="follow the logs until Ctrl-C")
    logs.add_argument("--once", action="store_true", help="print what is there and end")
    logs.set_defaults(run=run_logs)


def run_logs(options: argparse.Namespace) -> None:
    """Print what comes, named by where it comes from."""
    cloud = running_cloud(options.place)
    functions = FunctionLogs(cloud.engine.client("logs"))
    files = {name: FileTail(options.place.log(name)) for name in parts_of(options.place)}
    while True:
        for name, tail in files.items():
            _say(name, tail.lines())
        for name, line in functions.lines():
            _say(name, [line])
        if options.once:
            return
        time.sleep(POLL_S)


class FileTail:
    """The lines a file has grown by; at first its last few."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: int | None = None

    def lines(self) -> list[str]:
        """What is new."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            if self._read is not None and self._read <= self._path.stat().st_size:
                file.seek(self._read)
            found = file.read().decode(errors="replace").splitlines()
            first, self._read = self._read is None, file.tell()
        return found[-LINES_BEFORE:] if first else found


class FunctionLogs:
    """The functions' lines since the last look."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._since = int(time.time() * 1000) - BACK_MS
        self._seen: set[str] = set()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Function and line, in the order of their time."""
        events = sorted(self._events(), key=lambda found: found[0])
        for at, name, message in events:
            self._since = max(self._since, at)
            yield name, message

    def _events(self) -> Iterator[tuple[int, str, str]]:
        groups = self._client.get_paginator("describe_log_groups").paginate(
            logGroupNamePrefix=GROUPS
        )
        for group in (group for page in groups for group in page["logGroups"]):
            name = group["logGroupName"]
            found = self._client.filter_log_events(logGroupName=name, startTime=self._since)
            for event in found["events"]:
                key = f"{name}{event['logStreamName']}{event['timestamp']}{event['message']}"
                if key not in self._seen and not event["message"].startswith(NOISE):
                    self._seen.add(key)
                    yield event["timestamp"], name.rpartition("-")[2], event["message"]


def _say(name: str, lines: list[str]) -> None:
    for line in lines:
        if line.strip():
            print(f"{name:16} {line.rstrip()}", flush=True)
