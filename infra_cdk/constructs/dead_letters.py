"""A queue for what nobody could take, kept as long as SQS keeps anything."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

KEPT = Duration.days(14)


class DeadLetters(Construct):
    """An encrypted queue that only TLS reaches."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, "DeadLetters")
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
        )
