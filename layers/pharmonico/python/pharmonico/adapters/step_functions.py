"""Task tokens and executions on Step Functions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient

_GONE = {"TaskDoesNotExist", "TaskTimedOut", "InvalidToken"}
_UNKNOWN = {"ExecutionDoesNotExist", "StateMachineDoesNotExist", "InvalidArn"}
CAUSE_MAX = 1_000
LISTED_MAX = 50_000


class StepFunctionsMachine:
    """One per piece of work: it lists the running executions once, when first asked about one."""

    def __init__(self, client: SFNClient) -> None:
        self._client = client
        self._running: dict[str, frozenset[str]] = {}

    def succeed(self, token: str, output: dict[str, Any]) -> bool:
        return self._answered(
            lambda: self._client.send_task_success(taskToken=token, output=json.dumps(output))
        )

    def fail(self, token: str, error: str, cause: str = "") -> bool:
        return self._answered(
            lambda: self._client.send_task_failure(
                taskToken=token, error=error, cause=cause[:CAUSE_MAX]
            )
        )

    def stop(self, execution: str, cause: str) -> None:
        try:
            self._client.stop_execution(executionArn=execution, cause=cause[:CAUSE_MAX])
        except ClientError:
            if self._is_described_as_running(execution):
                raise  # what ended by itself meanwhile need not be stopped

    def is_running(self, execution: str) -> bool:
        """By the list, which costs one call for a thousand; who is not on it is looked at."""
        machine = execution.replace(":execution:", ":stateMachine:").rpartition(":")[0]
        if machine not in self._running:
            self._running[machine] = self._listed(machine)
        return execution in self._running[machine] or self._is_described_as_running(execution)

    def _listed(self, machine: str) -> frozenset[str]:
        try:
            pages = self._client.get_paginator("list_executions").paginate(
                stateMachineArn=machine,
                statusFilter="RUNNING",
                PaginationConfig={"MaxItems": LISTED_MAX},
            )
            return frozenset(item["executionArn"] for page in pages for item in page["executions"])
        except ClientError as error:
            if error.response["Error"]["Code"] in _UNKNOWN:
                return frozenset()
            raise

    def _is_described_as_running(self, execution: str) -> bool:
        try:
            answer = self._client.describe_execution(executionArn=execution)
        except ClientError as error:
            if error.response["Error"]["Code"] in _UNKNOWN:
                return False
            raise
        return answer["status"] == "RUNNING"

    @staticmethod
    def _answered(send: Any) -> bool:
        """Only a token that is gone is not an error (somebody answered, or time did)."""
        try:
            send()
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return False
            raise
        return True
