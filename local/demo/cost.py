"""What one prescription would cost on AWS, counted on the engine at list prices (us-east-1).

Counted: states entered, function calls and their memory, events, versions written. Estimated: a
call's billed time, DynamoDB units, API requests. `make bench` measures all of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.aws import Engine

TRANSITION = 25.00 / 1e6
LAMBDA_CALL = 0.20 / 1e6
LAMBDA_GB_S = 0.0000133334  # arm64
EVENT = 1.00 / 1e6
WRITE_UNIT = 0.625 / 1e6
API_REQUEST = 3.50 / 1e6
REPORT = re.compile(r"^REPORT .*Memory Size: (\d+) MB", re.DOTALL)
CALL_S = 0.1  # assumed: how long a call takes here says nothing of Lambda
UNITS_PER_VERSION = 6  # a transaction of order and paper, 2 units each and a KB or more
GROUPS = "/aws/lambda/"
# The demo reads the API again and again, and schedules run for everyone: not this one's cost.
NOT_ITS_OWN = ("-ops_api", "-reconcile", "-track_poller")


@dataclass(frozen=True)
class Usage:
    """What one prescription used."""

    transitions: int
    calls: int
    gb_s: float
    events: int
    versions: int
    requests: int

    def lines(self) -> list[tuple[str, float]]:
        """Each item in words, with its dollars."""
        return [
            (f"Step Functions, {self.transitions} transitions", self.transitions * TRANSITION),
            (
                f"Lambda, {self.calls} calls of {CALL_S * 1000:.0f} ms (assumed)",
                self.calls * LAMBDA_CALL + self.gb_s * LAMBDA_GB_S,
            ),
            (f"EventBridge, {self.events} events", self.events * EVENT),
            (
                f"DynamoDB, {self.versions} versions (estimate)",
                (self.versions * UNITS_PER_VERSION + self.events) * WRITE_UNIT,
            ),
            (f"API Gateway, {self.requests} requests", self.requests * API_REQUEST),
        ]


def usage_of(
    engine: Engine,
    prescription: dict[str, Any],
    *,
    machine: str,
    events: int,
    requests: int,
    since_ms: int,
) -> Usage:
    """Count on the engine; function calls are those of the time since, whoever they were for."""
    calls = list(_calls(engine, since_ms))
    return Usage(
        transitions=_transitions(engine, machine, prescription["id"]),
        calls=len(calls),
        gb_s=sum(CALL_S * mb / 1024 for mb in calls),
        events=events,
        versions=prescription["revision"],
        requests=requests,
    )


def _transitions(engine: Engine, machine: str, prescription_id: str) -> int:
    steps = engine.client("stepfunctions")
    entered = 0
    for page in steps.get_paginator("list_executions").paginate(stateMachineArn=machine):
        for execution in page["executions"]:
            arn = execution["executionArn"]
            given = json.loads(steps.describe_execution(executionArn=arn)["input"])
            if given.get("data", {}).get("prescription_id") == prescription_id:
                entered += _states_entered(steps, arn)
    return entered


def _states_entered(steps: Any, arn: str) -> int:
    pages = steps.get_paginator("get_execution_history").paginate(executionArn=arn)
    return sum(event["type"].endswith("StateEntered") for page in pages for event in page["events"])


def _calls(engine: Engine, since_ms: int) -> Iterator[int]:
    """The memory of each call, in MB."""
    logs = engine.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=GROUPS):
        names = [group["logGroupName"] for group in page["logGroups"]]
        for name in (name for name in names if not name.endswith(NOT_ITS_OWN)):
            found = logs.filter_log_events(logGroupName=name, startTime=since_ms)
            for event in found["events"]:
                if match := REPORT.search(event["message"]):
                    yield int(match[1])
