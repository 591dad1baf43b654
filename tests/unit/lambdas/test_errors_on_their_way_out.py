"""What leaves a function by raising lands in logs, histories and queues: never what a record says.

The engine keeps an error's message and its whole chain, so both are looked at here.
"""

from __future__ import annotations

import traceback
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools import Logger
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.fulfillment.machine.work import Outcome, Work
from pharmonico.fulfillment.order import Summary
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.settings import SettingMissing
from pharmonico.lambdas import failing
from pharmonico.lambdas.bus import consumer
from pharmonico.lambdas.failing import discreet
from pharmonico.lambdas.stage import opener, stage
from pharmonico.lambdas.stream import publisher

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "Jordan Doe, 1979-05-17"
WORK = {"prescription_id": "rx_1", "run": 1, "execution": "arn:1", "correlation_id": "cor_1"}
EVENT = {
    "meta": {
        "event_id": "evt_1",
        "occurred_at": "2026-11-20T12:00:00Z",
        "correlation_id": "cor_1",
        "actor": {"id": "system", "role": "system"},
    },
    "data": {"prescription_id": "rx_1", "run": 1, "status_from": None, "status_to": "received"},
}


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> StringIO:
    stream = StringIO()
    log = Logger(service=request.node.name, stream=stream)  # one of a name keeps its first stream
    monkeypatch.setattr(failing, "logger", lambda: log)
    return stream


def unreadable(*_: Any) -> Any:
    """A record that does not fit its class: pydantic's message quotes it."""
    return Summary.model_validate({"patient_name": [SECRET]})


def quoted_by_a_partner(*_: Any) -> Any:
    try:
        int(f"no such street: {SECRET}")
    except ValueError as error:
        raise Unavailable("shipping.no_answer", "The carrier did not answer.") from error


def as_stage(run: Callable[..., Any]) -> None:
    stage(Work)(run)(WORK, None)


def as_consumer(run: Callable[..., Any]) -> None:
    consumer(run)({"detail-type": "intake_received", "detail": EVENT}, None)


def as_publisher(run: Callable[..., Any]) -> None:
    outbox = {"dynamodb": {"NewImage": {"outbox": {"S": "[{}]"}}}}
    publisher(run)({"Records": [outbox]}, None)


def as_schedule(run: Callable[..., Any]) -> None:
    discreet(run)({}, None)


@pytest.mark.parametrize("shell", [as_stage, as_consumer, as_publisher, as_schedule])
@pytest.mark.parametrize("run", [unreadable, quoted_by_a_partner])
def test_no_shell_lets_a_record_out(
    shell: Callable[[Callable[..., Any]], None],
    run: Callable[..., Any],
    logged: StringIO,
) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any class may leave, no value may
        shell(run)
    told = "".join(traceback.format_exception(caught.value)) + logged.getvalue()
    assert "Jordan" not in told
    assert run.__name__ in told


def test_what_is_foreign_is_named_by_class_and_place() -> None:
    with pytest.raises(Exception, match=r"^ValidationError at .*unreadable") as caught:
        as_stage(unreadable)
    assert type(caught.value).__name__ == "Unforeseen"


@pytest.mark.parametrize(
    "error", [Unavailable("payer.no_answer", "It did not answer."), SettingMissing("X is not set")]
)
def test_our_own_words_leave_as_they_are(error: Exception) -> None:
    def fail(_: Work) -> Outcome:
        raise error

    with pytest.raises(type(error)) as caught:
        as_stage(fail)
    assert caught.value is error


def test_an_input_that_is_none_of_ours_is_not_quoted() -> None:
    with pytest.raises(Exception, match=r"^ValidationError at") as caught:
        stage(Work)(lambda _: Outcome(outcome="done"))({"run": SECRET}, None)
    assert "Jordan" not in str(caught.value)


@pytest.mark.parametrize("run", [unreadable, quoted_by_a_partner])
def test_a_wait_that_cannot_be_opened_is_told_without_its_record(
    run: Callable[..., Any], logged: StringIO
) -> None:
    machine = MemoryMachine()
    work = {**WORK, "token": "task-token", "wait": "payment"}
    assert opener(lambda: machine)(run)(work, None) == {"outcome": "failed"}
    assert "Jordan" not in logged.getvalue() + repr(machine.answers)
    assert "task-token" not in logged.getvalue()
    assert run.__name__ in logged.getvalue()
