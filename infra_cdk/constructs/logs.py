"""Log groups are declared, never left to the service, which would keep them for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage

_RETENTION = {
    7: logs.RetentionDays.ONE_WEEK,
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
    2192: logs.RetentionDays.SIX_YEARS,  # HIPAA keeps six years
}


def log_group(scope: Construct, *, name: str, stage: Stage) -> logs.LogGroup:
    """A log group with the stage's retention."""
    return logs.LogGroup(
        scope,
        "Logs",
        log_group_name=name,
        retention=_RETENTION[stage.log_retention_days],
        removal_policy=removal_policy(stage),
    )


def removal_policy(stage: Stage) -> RemovalPolicy:
    """What becomes of a resource when its stack is deleted."""
    return RemovalPolicy.DESTROY if stage.removal == "destroy" else RemovalPolicy.RETAIN
