"""A call's end and its log lines read as Lambda's do, because people and the demo read them so."""

from __future__ import annotations

import json

import pytest

from local.demo.cost import call_of
from local.localstack_host.reports import exited, logged, timed_out


def test_a_call_that_took_too_long_is_told_with_its_id_and_its_limit() -> None:
    assert json.loads(timed_out("r1", 3)) == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": "RequestId: r1 Error: Task timed out after 3.00 seconds",
    }


@pytest.mark.parametrize(
    ("code", "how"),
    [
        (3, "Runtime exited with error: exit status 3"),
        (-9, "Runtime exited with error: signal: killed"),
        (-11, "Runtime exited with error: signal: segmentation fault"),
        (0, "Runtime exited without providing a reason"),
    ],
)
def test_a_process_that_ended_says_how(code: int, how: str) -> None:
    told = json.loads(exited("r1", code))
    assert told == {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: r1 Error: {how}"}


@pytest.mark.parametrize("printed", ["", "one line\n", "no end of line"])
def test_what_is_printed_stands_between_the_lines_of_the_call(printed: str) -> None:
    lines = logged(
        printed, request_id="r1", version="$LATEST", duration_ms=12.001, memory_mb=512, used_mb=70
    ).splitlines()
    assert lines[0] == "START RequestId: r1 Version: $LATEST"
    assert lines[1:-2] == printed.splitlines()
    assert lines[-2] == "END RequestId: r1"
    call = call_of("/aws/lambda/pharmonico-localstack-host-intake", lines[-1])
    assert call is not None
    assert (call.function, call.ms, call.mb) == ("intake", 13, 512)
