"""A queue for what nobody could take, kept as long as SQS keeps anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra_cdk.constructs.alarms import PERIOD, alarm_on_any
from infra_cdk.queues import dead_letters_of

if TYPE_CHECKING:
    from infra_cdk.stages import Stage

KEPT = Duration.days(14)


class DeadLetters(Construct):
    """An encrypted queue that only TLS reaches; whatever lands in it rings the alarm."""

    def __init__(self, scope: Construct, name: str, *, stage: Stage) -> None:
        super().__init__(scope, "DeadLetters")
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=dead_letters_of(name, stage),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
        )
        alarm_on_any(
            self,
            self.queue.metric_approximate_number_of_messages_visible(period=PERIOD),
            what=f"{scope.node.id}: something nobody could take waits among the dead letters",
            stage=stage,
        )
