"""The way of a prescription: its bus, its machines, its functions and its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Annotations, Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from pharmonico.events import fulfillment as happened
from pharmonico.events import fulfillment_messages as said
from pharmonico.events import fulfillment_payments as money
from pharmonico.events import fulfillment_shipping as parcels
from pharmonico.events.registry import EVENTS
from pharmonico.fulfillment.webhooks.endpoint import EVENT_TYPES

from infra_cdk import functions as spec
from infra_cdk.constructs.access import Access
from infra_cdk.constructs.bus import Bus
from infra_cdk.constructs.function import Function
from infra_cdk.constructs.layers import Layers
from infra_cdk.constructs.queue_consumer import QueueConsumer
from infra_cdk.constructs.state_machine import StateMachine
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stacks.cache import CacheStack
    from infra_cdk.stacks.data import DataStack
    from infra_cdk.stacks.identity import Issuer
    from infra_cdk.stages import Stage

SOURCE = happened.IntakeReceived.source
WAKING = (
    happened.EnrollmentCompleted,
    happened.PharmacySelected,
    happened.PaymentSuccessful,
    happened.PaymentFailed,
    happened.PrescriptionDispensed,
    happened.Delivered,
)
TELLING = (
    happened.EnrollmentStarted,
    happened.EnrollmentReminderRequired,
    happened.PatientAsked,
    happened.VerificationCodeRequested,
    happened.PaymentLinkRequired,
    happened.PaymentReminderRequired,
    happened.PaymentSuccessful,
    happened.PaymentRefunded,
    happened.ShippingLabelGenerated,
    happened.ShipmentUpdated,
    happened.Delivered,
    happened.DeliveryException,
    happened.PrescriptionCancelled,
)
WRITING = (
    said.PrescriberMessageRequired,
    said.PrescriberAnswered,
    happened.PrescriptionDispensed,
    happened.DispenseRefused,
)
REFUNDING = (money.PaymentRefundRequested,)
UNDOING = (happened.DispenseRefused, happened.WaitExpired, said.PrescriptionChanged)
FINDING = (
    happened.IntakeReceived,
    happened.PrescriptionCorrected,
    happened.PrescriptionResumed,
    happened.EnrollmentCompleted,
    happened.ClaimAdjudicated,
    happened.ClaimRejected,
    happened.ShippingLabelGenerated,
    happened.PrescriptionFailed,
    happened.CompensationResumed,
    happened.PrescriptionCancelled,
    happened.WaitExpired,
    said.PrescriberMessageFailed,
    said.PrescriberMessageRequired,
    said.PrescriberAnswered,
)
"""What adds to the words a prescription is found by, or to the failures that are open."""
SCHEDULES = {
    "track_poller": Duration.minutes(15),
    "authorization_poller": Duration.minutes(15),
    "enrollment_reminder": Duration.hours(1),
    "payment_reminder": Duration.hours(1),
    "audit_digest": Duration.hours(1),
    "manifest_closer": Duration.hours(1),
    "reconcile": Duration.minutes(5),
}
OUTBOX_BATCH = 10
AUDIT_WINDOW = Duration.seconds(10)  # nobody waits for an entry, and a full batch is one call
A_NIGHT = Duration.hours(12)  # a message may wait for the morning
RECEIVERS_AWAY = Duration.hours(30)  # longer than a webhook's tries take
FINDING_WINDOW = Duration.seconds(1)  # somebody may look for it at once
FANOUT_WINDOW = Duration.seconds(2)
DIRECTORY_BATCH = 500
DIRECTORY_WINDOW = Duration.seconds(5)  # an import's changes to a page are one write of it
OUTBOX_AGE = Duration.hours(12)  # half of what the stream keeps, so that a person can still act


class FulfillmentStack(PharmonicoStack):
    """Everything between intake and delivery that nobody calls by HTTP."""

    def __init__(
        self,
        scope: Construct,
        *,
        stage: Stage,
        data: DataStack,
        issuer: Issuer,
        cache: CacheStack | None = None,
    ) -> None:
        super().__init__(scope, "fulfillment", stage=stage)
        self.bus = Bus(self, stage=stage)
        self._layers = Layers(self, stage=stage)
        self._access = Access(
            stage=stage, data=data, issuer=issuer, bus=self.bus.resource, cache=cache
        )
        self.machines = self._machines()
        self._consumers()
        self._publisher(data)
        self._rosters(data)
        self._schedules()
        if not stage.payer_url:
            Annotations.of(self).add_warning_v2(
                "pharmonico:payer_url", "payer_url is not set: claims have nowhere to go"
            )

    def _machines(self) -> tuple[StateMachine, StateMachine]:
        stage = self.stage_settings
        stages = {item.name: self._function(item) for item in spec.STAGES}
        undo = [self._function(item) for item in spec.COMPENSATIONS]
        fulfillment = StateMachine(
            self, "fulfillment", stage=stage, functions=list(stages.values())
        )
        cancellation = StateMachine(
            self, "cancellation", stage=stage, functions=[*undo, stages["record_failure"]]
        )
        self.bus.start(fulfillment, happened.IntakeReceived, happened.PrescriptionResumed)
        self.bus.start(
            cancellation,
            happened.PrescriptionCancelled,
            happened.CompensationResumed,
            parcels.ParcelWrittenOff,
        )
        self.tell(
            EventBus=self.bus.resource.event_bus_name,
            FulfillmentMachine=fulfillment.resource.state_machine_arn,
            CancellationMachine=cancellation.resource.state_machine_arn,
        )
        return fulfillment, cancellation

    def _consumers(self) -> None:
        consumers = {item.name: self._function(item) for item in spec.CONSUMERS}
        stage = self.stage_settings
        self.bus.subscribe(consumers["resume"], *WAKING)
        self.bus.enqueue(
            QueueConsumer(consumers["notification"], stage=stage, late=A_NIGHT), *TELLING
        )
        papers = QueueConsumer(consumers["enrollment_papers"], stage=stage)
        self.bus.enqueue(papers, happened.EnrollmentCompleted)
        self.bus.enqueue(QueueConsumer(consumers["claim_reverser"], stage=stage), *UNDOING)
        self.bus.enqueue(QueueConsumer(consumers["refunder"], stage=stage), *REFUNDING)
        self.bus.enqueue(QueueConsumer(consumers["correspond"], stage=stage), *WRITING)
        finding = QueueConsumer(consumers["desk_index"], stage=stage, window=FINDING_WINDOW)
        self.bus.enqueue(finding, *FINDING)
        ledger = QueueConsumer(consumers["audit"], stage=stage, window=AUDIT_WINDOW)
        self.bus.enqueue_all(ledger, source=SOURCE)
        fanout = QueueConsumer(consumers["webhook_fanout"], stage=stage, window=FANOUT_WINDOW)
        self.bus.enqueue(fanout, *(EVENTS[name] for name in EVENT_TYPES))
        # One at a time: a receiver that lets us wait must not hold up the others.
        sender = self._function(spec.SENDER)
        QueueConsumer(sender, stage=stage, batch=1, late=RECEIVERS_AWAY)

    def _publisher(self, data: DataStack) -> None:
        """The table's stream is the outbox; only items that carry events reach the publisher."""
        publisher = self._function(spec.PUBLISHER)
        publisher.resource.add_event_source(
            sources.DynamoEventSource(
                data.orders,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=OUTBOX_BATCH,
                bisect_batch_on_error=True,
                max_record_age=OUTBOX_AGE,
                on_failure=sources.SqsDlq(publisher.dead_letters),
                filters=[
                    lambda_.FilterCriteria.filter(
                        {"dynamodb": {"NewImage": {"outbox": {"S": [{"exists": True}]}}}}
                    )
                ],
            )
        )

    def _rosters(self, data: DataStack) -> None:
        """What changes in a pharmacy goes into the rosters that routing reads."""
        rosters = self._function(spec.ROSTERS)
        rosters.resource.add_event_source(
            sources.DynamoEventSource(
                data.directory,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=DIRECTORY_BATCH,
                max_batching_window=DIRECTORY_WINDOW,
                bisect_batch_on_error=True,
                max_record_age=OUTBOX_AGE,
                on_failure=sources.SqsDlq(rosters.dead_letters),
                filters=[
                    lambda_.FilterCriteria.filter(
                        {"dynamodb": {"Keys": {"sk": {"S": ["pharmacy"]}}}}
                    )
                ],
            )
        )

    def _schedules(self) -> None:
        for item in spec.SCHEDULED:
            function, rate = self._function(item), SCHEDULES[item.name]
            target = targets.LambdaFunction(
                function.resource,
                dead_letter_queue=function.dead_letters,
                max_event_age=rate,  # the next tick does what this one could not
            )
            schedule = events.Schedule.rate(rate)
            events.Rule(self, f"Tick{function.node.id}", schedule=schedule, targets=[target])

    def _function(self, item: FunctionSpec) -> Function:
        function = Function(self, item, stage=self.stage_settings, layers=self._layers)
        self._access.give(function)
        return function
