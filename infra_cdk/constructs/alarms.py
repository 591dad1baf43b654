"""Alarms on what a person should look at; a stage may switch them off.

They ring at one topic, known by its name: it belongs to the operations stack, which comes last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage

PERIOD = Duration.minutes(5)


def alarm_on_any(
    scope: Construct, metric: cloudwatch.IMetric, *, what: str, stage: Stage, at: int = 1
) -> cloudwatch.Alarm | None:
    """An alarm on `at` or more in a period; silence is good."""
    if not stage.alarms:
        return None
    alarm = cloudwatch.Alarm(
        scope,
        "Alarm",
        metric=metric,
        alarm_description=what,
        threshold=at,
        evaluation_periods=1,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    topic = sns.Topic.from_topic_arn(alarm, "Bell", bell_arn(scope, stage))
    alarm.add_alarm_action(actions.SnsAction(topic))
    return alarm


def bell_arn(scope: Construct, stage: Stage) -> str:
    """The topic that alarms ring at."""
    return Stack.of(scope).format_arn(service="sns", resource=stage.named("alarms"))
