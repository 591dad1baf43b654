"""The machine's adapter on the answers Step Functions gives to a call that comes too late."""

from __future__ import annotations

from datetime import UTC, datetime

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from pharmonico.adapters.step_functions import StepFunctionsMachine

ARN = "arn:aws:states:us-east-1:000000000000:execution:fulfillment:one"
STARTED = datetime(2026, 11, 20, tzinfo=UTC)


def a_machine() -> tuple[StepFunctionsMachine, Stubber]:
    client = boto3.client(
        "stepfunctions",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    return StepFunctionsMachine(client), Stubber(client)


def described(stub: Stubber, status: str) -> None:
    machine = ARN.replace("execution", "stateMachine").rpartition(":")[0]
    answer = {"executionArn": ARN, "stateMachineArn": machine, "status": status}
    stub.add_response("describe_execution", answer | {"startDate": STARTED})


@pytest.mark.parametrize("status", ["SUCCEEDED", "FAILED", "ABORTED"])
def test_stopping_what_has_ended_is_no_error(status: str) -> None:
    machine, stub = a_machine()
    stub.add_client_error("stop_execution", "ValidationException", "Execution is not running")
    described(stub, status)
    with stub:
        machine.stop(ARN, "cancelled")
    stub.assert_no_pending_responses()


def test_stopping_what_is_unknown_is_no_error() -> None:
    machine, stub = a_machine()
    stub.add_client_error("stop_execution", "ExecutionDoesNotExist")
    stub.add_client_error("describe_execution", "ExecutionDoesNotExist")
    with stub:
        machine.stop(ARN, "cancelled")
    stub.assert_no_pending_responses()


def test_a_running_execution_that_cannot_be_stopped_is_an_error() -> None:
    machine, stub = a_machine()
    stub.add_client_error("stop_execution", "ThrottlingException")
    described(stub, "RUNNING")
    with stub, pytest.raises(ClientError, match="ThrottlingException"):
        machine.stop(ARN, "cancelled")
