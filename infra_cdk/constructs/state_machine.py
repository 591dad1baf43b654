"""A state machine from its definition file, bound to functions by name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra_cdk.constructs.alarms import PERIOD, alarm_on_any
from infra_cdk.constructs.dead_letters import DeadLetters
from infra_cdk.constructs.logs import log_group
from infra_cdk.constructs.roles import after_policy
from infra_cdk.paths import STATE_MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aws_cdk import aws_sqs as sqs

    from infra_cdk.constructs.function import Function
    from infra_cdk.stages import Stage

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


class PlaceholderMismatch(ValueError):
    """A definition names a function that was not passed in, or one was passed in for nothing."""


class StateMachine(Construct):
    """A Standard machine that may call its functions and nothing else."""

    def __init__(
        self, scope: Construct, name: str, *, stage: Stage, functions: Sequence[Function]
    ) -> None:
        super().__init__(scope, name.capitalize())
        self._stage, self._name = stage, name
        definition = (STATE_MACHINES / f"{name}.asl.json").read_text()
        check_placeholders(definition, [function.node.id for function in functions])
        self.resource = sfn.StateMachine(
            self,
            "Machine",
            state_machine_name=stage.named(name),
            state_machine_type=sfn.StateMachineType.STANDARD,
            definition_body=sfn.DefinitionBody.from_string(definition),
            definition_substitutions={
                function.node.id: function.resource.function_arn for function in functions
            },
            tracing_enabled=stage.tracing,
            logs=sfn.LogOptions(
                destination=log_group(
                    self, name=f"/aws/vendedlogs/states/{stage.named(name)}", stage=stage
                ),
                level=sfn.LogLevel.ERROR,  # the history tells the rest, for 90 days
            ),
        )
        after_policy(self.resource, self.resource.role)
        for function in functions:
            function.resource.grant_invoke(self.resource)
        failed = self.resource.metric_failed(period=PERIOD)
        alarm_on_any(self, failed, what=f"a {name} execution failed", stage=stage)

    @cached_property
    def dead_letters(self) -> sqs.Queue:
        """Where the events go that could not start an execution."""
        return DeadLetters(self, self._name, stage=self._stage).queue


def check_placeholders(definition: str, functions: Iterable[str]) -> None:
    """Refuse a definition whose placeholders are not exactly the functions."""
    wanted, given = set(_PLACEHOLDER.findall(definition)), set(functions)
    if wanted != given:
        raise PlaceholderMismatch(
            f"no function for {sorted(wanted - given)}, no placeholder for {sorted(given - wanted)}"
        )


def machine_arn(scope: Construct, name: str, *, stage: Stage) -> str:
    """A machine's ARN from its name: its own functions need it, and may not refer to it."""
    return _states_arn(scope, "stateMachine", stage.named(name))


def executions_arn(scope: Construct, name: str, *, stage: Stage) -> str:
    """Every execution of a machine."""
    return _states_arn(scope, "execution", f"{stage.named(name)}:*")


def _states_arn(scope: Construct, resource: str, name: str) -> str:
    return Stack.of(scope).format_arn(
        service="states",
        resource=resource,
        resource_name=name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
