"""What Lambda says when a call ends badly, and the lines its log has around every call."""

from __future__ import annotations

import json
import math
import signal


def timed_out(request_id: str, timeout_s: float) -> str:
    """The payload of a call that took too long."""
    return _told("Sandbox.Timedout", request_id, f"Task timed out after {timeout_s:.2f} seconds")


def exited(request_id: str, code: int) -> str:
    """The payload of a call whose process ended; a negative code is a signal's number."""
    if code == 0:
        return _told("Runtime.ExitError", request_id, "Runtime exited without providing a reason")
    how = f"signal: {_signal(-code)}" if code < 0 else f"exit status {code}"
    return _told("Runtime.ExitError", request_id, f"Runtime exited with error: {how}")


def logged(
    text: str, *, request_id: str, version: str, duration_ms: float, memory_mb: int, used_mb: int
) -> str:
    """A call's output between the lines that tell its id, its time and its memory."""
    body = text if not text or text.endswith("\n") else text + "\n"
    report = "\t".join(
        [
            f"REPORT RequestId: {request_id}",
            f"Duration: {duration_ms:.2f} ms",
            f"Billed Duration: {math.ceil(duration_ms)} ms",
            f"Memory Size: {memory_mb} MB",
            f"Max Memory Used: {used_mb} MB",
        ]
    )
    start = f"START RequestId: {request_id} Version: {version}\n"
    return f"{start}{body}END RequestId: {request_id}\n{report}"


def _signal(number: int) -> str:
    """`killed`, `segmentation fault`."""
    return (signal.strsignal(number) or str(number)).lower()


def _told(kind: str, request_id: str, message: str) -> str:
    return json.dumps(
        {"errorType": kind, "errorMessage": f"RequestId: {request_id} Error: {message}"}
    )
