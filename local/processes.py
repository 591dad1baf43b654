"""Background processes: each keeps its pid file locked while it lives, so no stale pid lies."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from typing import IO, TYPE_CHECKING

from local.place import ROOT, LocalError, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START_S = 60.0
STOP_S = 15.0
POLL_S = 0.05
LOG_BYTES_MAX = 20_000_000

# Those this very process started: it must ask for their end, or they stay in the process table.
_children: dict[str, subprocess.Popen[bytes]] = {}


def running(place: Place, name: str) -> bool:
    """Whether the named process lives: the kernel frees its lock however it ends."""
    path = place.pid(name)
    if not path.exists():
        return False
    with path.open("a") as file:
        return not _lock(file)


def start(
    place: Place,
    name: str,
    command: list[str],
    *,
    environment: dict[str, str],
    healthy: Callable[[], bool],
    listener: int | None = None,
) -> None:
    """Start the process in a session of its own and wait until it answers.

    `listener` is the descriptor of the socket it shall serve on, of which its command knows.
    """
    pid, log = place.pid(name), place.log(name)
    pid.parent.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with pid.open("a+") as file:
        if not _lock(file):
            raise LocalError(f"the {name} is being started by someone else: wait, or make down")
        if child := _children.pop(str(pid), None):
            child.wait()  # an earlier one, killed by someone else
        kept = [file.fileno(), *([] if listener is None else [listener])]
        process = _spawn(command, log=log.open(_mode(log)), kept=kept, environment=environment)
        _children[str(pid)] = process
        file.truncate(0)
        file.write(f"{process.pid}\n")
    deadline = time.monotonic() + START_S
    while not healthy():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(place, name)
            raise LocalError(f"the {name} did not start; {log} ends with: {_last_line(log)}")
        time.sleep(POLL_S)


def stop(place: Place, name: str) -> bool:
    """End the process and whatever it started; says whether there was anything to end."""
    if not running(place, name):
        _forget(place.pid(name))
        return False
    group = int(place.pid(name).read_text())
    _signal(group, signal.SIGTERM, whole=False)
    deadline = time.monotonic() + STOP_S
    while running(place, name) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    _signal(group, signal.SIGKILL, whole=True)
    while running(place, name):
        time.sleep(POLL_S)
    _forget(place.pid(name))
    return True


def _spawn(
    command: list[str], *, log: IO[str], kept: list[int], environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    with log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=kept,  # the child holds the lock when we have closed our end
        )


def _forget(pid: Path) -> None:
    pid.unlink(missing_ok=True)
    if child := _children.pop(str(pid), None):
        child.wait()


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _signal(group: int, kind: signal.Signals, *, whole: bool) -> None:
    try:
        (os.killpg if whole else os.kill)(group, kind)
    except ProcessLookupError:
        return


def _mode(log: Path) -> str:
    grown = log.exists() and log.stat().st_size > LOG_BYTES_MAX
    return "w" if grown else "a"


def _last_line(log: Path) -> str:
    with log.open(errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    return lines[-1] if lines else "(nothing)"
