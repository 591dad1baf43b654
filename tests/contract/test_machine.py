"""The machine's adapter on what Step Functions answers: too late, unknown, or many at once."""

from __future__ import annotations

from datetime import UTC, datetime

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from pharmonico.adapters.step_functions import StepFunctionsMachine

ARN = "arn:aws:states:us-east-1:000000000000:execution:fulfillment:one"
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:fulfillment"
STARTED = datetime(2026, 11, 20, tzinfo=UTC)


def a_machine() -> tuple[StepFunctionsMachine, Stubber]:
    client = boto3.client(
        "stepfunctions",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    return StepFunctionsMachine(client), Stubber(client)


def listed(stub: Stubber, *executions: str, next_token: str | None = None) -> None:
    facts = {"stateMachineArn": MACHINE, "name": "one", "status": "RUNNING", "startDate": STARTED}
    items = [{**facts, "executionArn": execution} for execution in executions]
    stub.add_response("list_executions", {"executions": items} | _more(next_token))


def _more(next_token: str | None) -> dict[str, str]:
    return {"nextToken": next_token} if next_token else {}


def test_many_executions_are_listed_once_and_only_a_missing_one_is_looked_at() -> None:
    machine, stub = a_machine()
    many = [f"{ARN}-{number}" for number in range(4)]
    listed(stub, *many[:2], next_token="more")
    listed(stub, *many[2:])
    described(stub, "FAILED")
    with stub:
        assert [machine.is_running(execution) for execution in many * 2] == [True] * 8
        assert not machine.is_running(ARN)
    stub.assert_no_pending_responses()


def test_an_execution_too_young_for_the_list_is_not_called_dead() -> None:
    machine, stub = a_machine()
    listed(stub)
    described(stub, "RUNNING")
    with stub:
        assert machine.is_running(ARN)


@pytest.mark.parametrize("code", ["StateMachineDoesNotExist", "InvalidArn"])
def test_executions_of_a_machine_that_is_gone_are_dead(code: str) -> None:
    machine, stub = a_machine()
    stub.add_client_error("list_executions", code)
    stub.add_client_error("describe_execution", "ExecutionDoesNotExist")
    with stub:
        assert not machine.is_running(ARN)


def described(stub: Stubber, status: str) -> None:
    answer = {"executionArn": ARN, "stateMachineArn": MACHINE, "status": status}
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
