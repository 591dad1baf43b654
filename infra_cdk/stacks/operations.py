"""What only AWS has, kept apart because a local engine refuses a stack with a type it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_sns as sns

from infra_cdk import functions as spec
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aws_cdk import aws_apigateway as apigateway
    from constructs import Construct

    from infra_cdk.constructs.state_machine import StateMachine
    from infra_cdk.stacks.fulfillment import FulfillmentStack
    from infra_cdk.stages import Stage

EVENTS_KEPT = Duration.days(365)
WIDTH = 12


class OperationsStack(PharmonicoStack):
    """The archive of every event, to replay from, the alarms' bell, and the dashboard."""

    def __init__(
        self,
        scope: Construct,
        *,
        stage: Stage,
        fulfillment: FulfillmentStack,
        api: apigateway.RestApi,
    ) -> None:
        super().__init__(scope, "operations", stage=stage)
        events.Archive(
            self,
            "Archive",
            source_event_bus=fulfillment.bus.resource,
            archive_name=stage.named("events"),
            event_pattern=events.EventPattern(source=events.Match.prefix("pharmonico.")),
            retention=EVENTS_KEPT,
        )
        bell = sns.Topic(self, "Alarms", topic_name=stage.named("alarms"), enforce_ssl=True)
        self.tell(AlarmTopic=bell.topic_arn)
        dashboard = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=stage.named("health"))
        dashboard.add_widgets(
            _graph("API answers", [api.metric_count(), api.metric_client_error()]),
            _graph("API failures", [api.metric_server_error(), api.metric_latency()]),
        )
        dashboard.add_widgets(
            _graph("Executions", _executions(fulfillment.machines)),
            _graph("Functions raising", [_errors(stage, item.name) for item in spec.ALL]),
        )


def _graph(title: str, metrics: Iterable[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=list(metrics), width=WIDTH)


def _errors(stage: Stage, function: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Lambda",
        metric_name="Errors",
        dimensions_map={"FunctionName": stage.named(function)},
        statistic="Sum",
    )


def _executions(machines: Iterable[StateMachine]) -> list[cloudwatch.IMetric]:
    resources = [machine.resource for machine in machines]
    return [
        metric
        for machine in resources
        for metric in (machine.metric_started(), machine.metric_failed())
    ]
