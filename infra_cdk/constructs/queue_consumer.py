"""A queue between the bus and a function that talks to partners, so that an outage waits in it.

EventBridge gives an asynchronous function three tries within minutes; a queue keeps what came for
days, and the function says itself when each message is to be tried again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra_cdk.constructs.alarms import PERIOD, alarm_on_any

if TYPE_CHECKING:
    from infra_cdk.constructs.function import Function
    from infra_cdk.stages import Stage

KEPT = Duration.days(4)
TRIES = 40
"""With the pauses of `pharmonico.lambdas.queue`: a day and a half."""
LATE = Duration.hours(1)
VISIBILITY_FACTOR = 6  # AWS's own advice for a queue that feeds a function


class QueueConsumer(Construct):
    """The function's own queue; what it could not take after all tries goes to its dead letters."""

    def __init__(
        self,
        function: Function,
        *,
        stage: Stage,
        batch: int = 10,
        window: Duration | None = None,
        late: Duration = LATE,
    ) -> None:
        super().__init__(function, "Inbox")
        self.name = function.node.id
        self.dead_letters = function.dead_letters
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=stage.named(function.spec.name),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
            visibility_timeout=Duration.seconds(VISIBILITY_FACTOR * function.spec.timeout_s),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=function.dead_letters, max_receive_count=TRIES
            ),
        )
        function.resource.add_event_source(
            sources.SqsEventSource(
                self.queue,
                batch_size=batch,
                max_batching_window=window,
                report_batch_item_failures=True,
            )
        )
        alarm_on_any(
            self,
            self.queue.metric_approximate_age_of_oldest_message(period=PERIOD),
            what=f"{function.spec.name}: a message has waited for {late.to_hours()} hours",
            stage=stage,
            at=int(late.to_seconds()),
        )
