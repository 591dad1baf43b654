"""What is exchanged in LocalStack when it starts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.assignment import AssignmentService
from localstack.services.stepfunctions.asl.jsonata import jsonata

from local.localstack_host.jsonata import evaluate
from local.localstack_host.queueing import Queues

if TYPE_CHECKING:
    from collections.abc import Iterator


@hooks.on_infra_start()
def evaluate_jsonata_in_python() -> None:
    """Before its first expression, so that no Java runtime is asked for."""

    def evaluate_or_refuse(expression: str) -> Any:
        try:
            return evaluate(expression)
        except Exception as error:
            raise jsonata.JSONataException("UNKNOWN", str(error)) from error

    jsonata._eval_jsonata = evaluate_or_refuse  # noqa: SLF001 - its one place for an evaluator


@hooks.on_infra_start()
def queue_for_processes() -> None:
    """Put the queue before the choice of a process."""
    queues, get_environment = Queues(), AssignmentService.get_environment

    @contextmanager
    def get_in_turn(
        self: AssignmentService, version_manager_id: str, *version: Any, **options: Any
    ) -> Iterator[Any]:
        with (
            queues.turn(version_manager_id),
            get_environment(self, version_manager_id, *version, **options) as environment,
        ):
            yield environment

    AssignmentService.get_environment = get_in_turn
