"""The inside of a function's process: loads the handler, then answers one call after another.

Started as `python -I -S -u runner.py CHANNEL FOLDER…`. Nothing but the standard library and the
folders can be imported, so a function that works here brings all it needs. CHANNEL is the
descriptor of a socket: one JSON object per line, calls in, answers out. When it closes, the engine
has ended, by whatever means, and this process ends too.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import queue
import resource
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[[Any, Any], Any]

ENGINE_GONE = 1
BYTES_PER_MB = 1024 * 1024
LOG_FORMAT = "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(message)s"
ENVIRON = os.environ  # noqa: TID251 - a function's process has no settings of ours


class HandlerMissing(Exception):
    """The handler cannot be called; `kind` is Lambda's own word for why."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Identity:
    """The caller's, which only mobile clients have."""

    cognito_identity_id: None = None
    cognito_identity_pool_id: None = None


@dataclass(frozen=True)
class Context:
    """What Lambda hands a handler beside the event."""

    aws_request_id: str
    invoked_function_arn: str
    function_name: str
    function_version: str
    memory_limit_in_mb: str
    log_group_name: str
    log_stream_name: str
    deadline: float
    client_context: None = None
    identity: Identity = field(default_factory=Identity)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the engine kills this process."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


def main() -> None:
    """Load, say so, and answer until the engine closes the channel."""
    channel, sys.path[:0] = socket.socket(fileno=int(sys.argv[1])), sys.argv[2:]
    channel.set_inheritable(False)  # a process that the function starts must not keep it open
    lines = channel.makefile("rw", encoding="utf-8", newline="\n")
    logging.Formatter.converter = time.gmtime
    logging.basicConfig(stream=sys.stdout, format=LOG_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    calls = calls_of(lines)
    try:
        handler = load(ENVIRON["_HANDLER"])
    except BaseException as error:  # noqa: BLE001 - whatever a module does when it is imported
        say(lines, payload=told(error), failed=True)
        return
    say(lines, payload="", failed=False)
    while True:
        call = calls.get()
        payload, failed = answered(handler, call)
        say(lines, payload=payload, failed=failed)


def calls_of(lines: IO[str]) -> queue.SimpleQueue[dict[str, Any]]:
    """The calls as they come; read beside the handler, so that a busy one notices the end too."""
    calls: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def read() -> None:
        try:
            for line in lines:
                calls.put(json.loads(line))
        finally:
            os._exit(ENGINE_GONE)

    threading.Thread(target=read, daemon=True).start()
    return calls


def load(name: str) -> Handler:
    """`functions.intake.handler.lambda_handler`, or the error Lambda has for what is wrong."""
    module_name, _, function = name.rpartition(".")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise HandlerMissing("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        raise HandlerMissing("Runtime.UserCodeSyntaxError", message) from error
    try:
        handler: Handler = getattr(module, function)
    except AttributeError as error:
        message = f"Handler '{function}' missing on module '{module_name}'"
        raise HandlerMissing("Runtime.HandlerNotFound", message) from error
    return handler


def answered(handler: Handler, call: dict[str, Any]) -> tuple[str, bool]:
    """The handler's answer as JSON, or its error; only what ends the process is let through."""
    ENVIRON["_X_AMZN_TRACE_ID"] = call["trace_id"]
    try:
        answer = handler(json.loads(call["payload"] or "{}"), context_of(call))
    except Exception as error:  # noqa: BLE001 - the caller learns of it
        return told(error), True
    try:
        return json.dumps(answer), False
    except (TypeError, ValueError) as error:
        message = f"Unable to marshal response: {error}"
        return told(HandlerMissing("Runtime.MarshalError", message)), True


def context_of(call: dict[str, Any]) -> Context:
    """The context of one call."""
    return Context(
        aws_request_id=call["request_id"],
        invoked_function_arn=call["function_arn"],
        function_name=ENVIRON["AWS_LAMBDA_FUNCTION_NAME"],
        function_version=ENVIRON["AWS_LAMBDA_FUNCTION_VERSION"],
        memory_limit_in_mb=ENVIRON["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
        log_group_name=ENVIRON["AWS_LAMBDA_LOG_GROUP_NAME"],
        log_stream_name=ENVIRON["AWS_LAMBDA_LOG_STREAM_NAME"],
        deadline=time.monotonic() + call["timeout_s"],
    )


def told(error: BaseException) -> str:
    """The error as Lambda answers it; its trace goes to the log as well."""
    kind = error.kind if isinstance(error, HandlerMissing) else type(error).__name__
    trace = [] if isinstance(error, HandlerMissing) else traceback.format_tb(error.__traceback__)
    print(f"[ERROR] {kind}: {error}")
    if trace:
        print("Traceback (most recent call last):\n" + "".join(trace).rstrip())
    return json.dumps({"errorMessage": str(error), "errorType": kind, "stackTrace": trace})


def say(lines: IO[str], *, payload: str, failed: bool) -> None:
    """Answer, once everything that was printed is where the engine reads it."""
    sys.stdout.flush()
    sys.stderr.flush()
    answer = {"payload": payload, "failed": failed, "memory_mb": memory_mb()}
    lines.write(json.dumps(answer) + "\n")
    lines.flush()


def memory_mb() -> int:
    """The most this process has had in memory."""
    with suppress(OSError):  # Linux alone: what the resource module tells there is the engine's own
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // BYTES_PER_MB


if __name__ == "__main__":
    main()
