"""Task tokens and executions on Step Functions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient

_GONE = {"TaskDoesNotExist", "TaskTimedOut", "InvalidToken"}
_UNKNOWN = {"ExecutionDoesNotExist", "InvalidArn"}
CAUSE_MAX = 1_000


class StepFunctionsMachine:
    def __init__(self, client: SFNClient) -> None:
        self._client = client

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
            if self.is_running(execution):
                raise  # what ended by itself meanwhile need not be stopped

    def is_running(self, execution: str) -> bool:
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
