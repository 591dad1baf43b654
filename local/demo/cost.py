"""What one prescription would cost on AWS, as far as the engine's own records tell.

Counted: states entered, function calls and their memory, events, moves. Known from the
code: objects written and read. Estimated: a call's billed time and the DynamoDB units.
`make bench` measures all of it by the same formula.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra_cdk.functions import CONSUMERS, SENDER
from local.demo.prices import QUEUE_REQUESTS_PER_CALL, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from local.aws import Engine

REPORT = re.compile(
    r"^REPORT .*?Billed Duration: (?P<ms>[\d.]+) ms.*?Memory Size: (?P<mb>\d+) MB", re.DOTALL
)
MB_PER_GB = 1024
CALL_S = 0.1  # assumed: how long a cold call takes here says nothing of Lambda
WRITE_UNITS_PER_MOVE = 10  # order, paper, index, audit and what lies between two moves
READ_UNITS_PER_CALL = 2
S3_WRITES = 4  # the card's photo as posted and drawn anew, the signed record, the label
S3_READS = 1  # the photo as posted
GROUPS = "/aws/lambda/"
QUEUED = {spec.name for spec in (*CONSUMERS, SENDER) if spec.kind == "queue"}
# The demo reads the API again and again, schedules run for everyone, and the payer is a partner
# that only local stages have to play themselves: not this one's cost.
NOT_ITS_OWN = ("ops_api", "reconcile", "track_poller", "audit_digest", "payer_simulator")


@dataclass(frozen=True)
class Call:
    """One invocation of a function as its report line tells it."""

    function: str
    ms: float
    mb: int


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
    calls = [call for call in calls_since(engine, since_ms) if call.function not in NOT_ITS_OWN]
    writes = prescription["revision"] * WRITE_UNITS_PER_MOVE
    return Usage(
        transitions=transitions_of(engine, machine, prescription["id"]),
        calls=len(calls),
        gb_s=sum(CALL_S * call.mb / MB_PER_GB for call in calls),
        events=events,
        write_units=writes,
        read_units=len(calls) * READ_UNITS_PER_CALL,
        requests=requests,
        queue_requests=queue_requests(calls),
        s3_writes=S3_WRITES,
        s3_reads=S3_READS,
        lambda_basis=f" at {CALL_S * 1000:.0f} ms (assumed)",
        dynamodb_basis=" (estimate)",
    )


def queue_requests(calls: Sequence[Call]) -> int:
    """What the messages of these calls cost at SQS, each in a batch of its own."""
    return QUEUE_REQUESTS_PER_CALL * sum(call.function in QUEUED for call in calls)


def transitions_of(engine: Engine, machine: str, prescription_id: str) -> int:
    """States entered by every execution of the prescription, as its history has them."""
    steps = engine.client("stepfunctions")
    entered = 0
    for page in steps.get_paginator("list_executions").paginate(stateMachineArn=machine):
        for execution in page["executions"]:
            arn = execution["executionArn"]
            given = json.loads(steps.describe_execution(executionArn=arn)["input"])
            if given.get("data", {}).get("prescription_id") == prescription_id:
                entered += _states_entered(steps, arn)
    return entered


def calls_since(engine: Engine, since_ms: int) -> Iterator[Call]:
    """Every invocation since, by the report lines of the functions' log groups."""
    logs = engine.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=GROUPS):
        for name in (group["logGroupName"] for group in page["logGroups"]):
            pages = logs.get_paginator("filter_log_events").paginate(
                logGroupName=name, startTime=since_ms
            )
            for event in (event for page in pages for event in page["events"]):
                if call := call_of(name, event["message"]):
                    yield call


def call_of(group: str, line: str) -> Call | None:
    """The call a log line reports; None for any other line."""
    match = REPORT.match(line)
    if match is None:
        return None
    # pharmonico-<stage>-<function>, and no function's name has a hyphen
    return Call(group.rpartition("-")[2], float(match["ms"]), int(match["mb"]))


def _states_entered(steps: Any, arn: str) -> int:
    pages = steps.get_paginator("get_execution_history").paginate(executionArn=arn)
    return sum(event["type"].endswith("StateEntered") for page in pages for event in page["events"])
