"""A function's process as the engine sees it: started, called, killed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.localstack_host.reports import exited, timed_out

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNNER = Path(__file__).with_name("runner.py")
# Isolated and without site: neither the clone nor what is installed beside it can be imported.
SWITCHES = ("-I", "-S", "-u", "-X", "utf8")
LOG_BYTES_MAX = 1_000_000  # of one call
EXIT_S = 5.0


@dataclass(frozen=True)
class Program:
    """What a function's process runs, and where; of two folders the first wins."""

    python: Path
    folders: tuple[Path, ...]  # the first is the function's own
    environment: Mapping[str, str]
    scratch: Path


@dataclass(frozen=True)
class Call:
    """One invocation; the payload is JSON text."""

    request_id: str
    payload: str
    function_arn: str
    trace_id: str
    timeout_s: float


@dataclass(frozen=True)
class Answer:
    """How a call ended: JSON text, what the function printed, and what it used."""

    payload: str
    failed: bool
    output: str
    duration_ms: float
    memory_mb: int


class Worker:
    """One process of one function; a call that ends it leaves it dead, to be replaced."""

    def __init__(self, program: Program) -> None:
        ours, theirs = socket.socketpair()
        self._log = program.scratch / f"{uuid.uuid4().hex}.log"
        command = [str(program.python), *SWITCHES, str(RUNNER), str(theirs.fileno())]
        with theirs, self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *map(str, program.folders)],
                cwd=program.folders[0],
                env=dict(program.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[theirs.fileno()],
            )
        self._channel = ours
        self._lines = ours.makefile("r", encoding="utf-8", newline="\n")

    @property
    def alive(self) -> bool:
        """Whether it can be called."""
        return self._process.poll() is None

    def start_failure(self, *, request_id: str, timeout_s: float) -> Answer | None:
        """Wait until the handler is imported; how that failed, if it did."""
        answer = self._answer(request_id, timeout_s=timeout_s)
        if not answer.failed:
            return None
        self.stop()
        return answer

    def call(self, call: Call) -> Answer:
        """Call the handler; one that takes too long is killed, one that exits is told."""
        with suppress(OSError):  # it is dead: the answer says how
            self._channel.sendall(json.dumps(asdict(call)).encode() + b"\n")
        return self._answer(call.request_id, timeout_s=call.timeout_s)

    def output(self) -> str:
        """What it has printed since it was asked last."""
        with suppress(FileNotFoundError), self._log.open("rb+") as log:
            printed = log.read(LOG_BYTES_MAX)
            log.truncate(0)  # it appends, so its next line starts the file
            return printed.decode(errors="replace")
        return ""

    def stop(self) -> None:
        """Kill it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._lines.close()
        self._channel.close()
        self._log.unlink(missing_ok=True)

    def _answer(self, request_id: str, *, timeout_s: float) -> Answer:
        start = time.perf_counter()
        said = self._said(request_id, timeout_s=timeout_s)
        return Answer(
            payload=said["payload"],
            failed=said["failed"],
            output=self.output(),
            duration_ms=(time.perf_counter() - start) * 1000,
            memory_mb=said.get("memory_mb", 0),
        )

    def _said(self, request_id: str, *, timeout_s: float) -> dict[str, Any]:
        self._channel.settimeout(timeout_s)
        try:
            line = self._lines.readline()
        except TimeoutError:
            self._process.kill()
            self._process.wait()
            return {"payload": timed_out(request_id, timeout_s), "failed": True}
        except (OSError, ValueError):  # killed, or closed by another thread that stops it
            line = ""
        if line:
            return dict(json.loads(line))
        return {"payload": exited(request_id, self._exit_code()), "failed": True}

    def _exit_code(self) -> int:
        try:
            return self._process.wait(timeout=EXIT_S)
        except subprocess.TimeoutExpired:  # it closed the channel and lives on: nobody hears it
            self._process.kill()
            return self._process.wait()


def lambda_environment(given: Mapping[str, Any], *, task_root: Path) -> dict[str, str]:
    """What the engine tells a function, as text; and a path, where Lambda's own has programs."""
    told = {name: str(value) for name, value in given.items() if value is not None}
    return told | {"LAMBDA_TASK_ROOT": str(task_root), "PATH": os.defpath, "LANG": "C.UTF-8"}
