"""Alarms on what a person should look at; a stage may switch them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage

PERIOD = Duration.minutes(5)


def alarm_on_any(
    scope: Construct, metric: cloudwatch.IMetric, *, what: str, stage: Stage
) -> cloudwatch.Alarm | None:
    """An alarm on one or more in a period; silence is good."""
    if not stage.alarms:
        return None
    return cloudwatch.Alarm(
        scope,
        "Alarm",
        metric=metric,
        alarm_description=what,
        threshold=1,
        evaluation_periods=1,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
