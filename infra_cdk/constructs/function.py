"""The only place that declares a Lambda."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct

from infra_cdk.constructs.alarms import PERIOD, alarm_on_any
from infra_cdk.constructs.assets import function_code
from infra_cdk.constructs.dead_letters import DeadLetters
from infra_cdk.constructs.layers import ARCHITECTURE, RUNTIME
from infra_cdk.constructs.logs import log_group
from infra_cdk.constructs.roles import after_policy

if TYPE_CHECKING:
    from aws_cdk import aws_sqs as sqs

    from infra_cdk.constructs.layers import Layers
    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage

SERVICE = "pharmonico"
ASYNC_RETRIES = 2
ASYNC_AGE = Duration.hours(6)


class Function(Construct):
    """One folder of functions/ as a Lambda, with its logs, its alarm and its dead letters."""

    def __init__(
        self, scope: Construct, spec: FunctionSpec, *, stage: Stage, layers: Layers
    ) -> None:
        super().__init__(scope, spec.resource_id)
        self.spec = spec
        self._stage = stage
        self.resource = self._declare(layers)
        if spec.asynchronous:
            self.resource.configure_async_invoke(
                on_failure=destinations.SqsDestination(self.dead_letters),
                retry_attempts=ASYNC_RETRIES,
                max_event_age=ASYNC_AGE,
            )
        errors = self.resource.metric_errors(period=PERIOD)
        alarm_on_any(self, errors, what=f"{spec.name} raised", stage=stage)

    @cached_property
    def dead_letters(self) -> sqs.Queue:
        """Where its failed invocations and undelivered events go."""
        return DeadLetters(self, self.spec.name, stage=self._stage).queue

    def knows(self, name: str, value: str) -> None:
        """Put a name into its environment; an empty value is left out, as the settings have it."""
        if value:
            self.resource.add_environment(name, value)

    def may(self, *actions: str, on: list[str], only: dict[str, Any] | None = None) -> None:
        """Allow it exactly these actions on exactly these resources, under the conditions."""
        self.resource.add_to_role_policy(
            iam.PolicyStatement(actions=list(actions), resources=on, conditions=only)
        )

    def _declare(self, layers: Layers) -> lambda_.Function:
        name = self._stage.named(self.spec.name)
        logs = log_group(self, name=f"/aws/lambda/{name}", stage=self._stage)
        # Not the managed policy that CDK would attach: it may write every log group there is.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(role)
        function = lambda_.Function(
            self,
            "Function",
            function_name=name,
            description=f"functions/{self.spec.name} ({self.spec.kind})",
            # The full dotted path: two top-level handler.py on one path would shadow each other.
            handler=f"functions.{self.spec.name}.handler.lambda_handler",
            code=function_code(self.spec, self._stage),
            layers=layers.of(self.spec),
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            timeout=Duration.seconds(self.spec.timeout_s),
            memory_size=self.spec.memory_mb,
            tracing=lambda_.Tracing.ACTIVE if self._stage.tracing else lambda_.Tracing.DISABLED,
            role=role,
            log_group=logs,
            environment={
                "STAGE": self._stage.name,
                "LOG_LEVEL": self._stage.log_level,
                "POWERTOOLS_SERVICE_NAME": SERVICE,
            },
        )
        after_policy(function, role)
        return function
