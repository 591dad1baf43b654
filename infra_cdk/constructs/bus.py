"""The domain's event bus: subscribers name the classes they want, never strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

if TYPE_CHECKING:
    from infra_cdk.constructs.function import Function
    from infra_cdk.constructs.queue_consumer import QueueConsumer
    from infra_cdk.constructs.state_machine import StateMachine
    from infra_cdk.stages import Stage

DELIVERY_AGE = Duration.hours(24)
DELIVERY_RETRIES = 185


class EventClass(Protocol):
    """What a subscription needs of an event's class."""

    source: str
    detail_type: str


class Bus(Construct):
    """One bus; every rule has a dead-letter queue, its target's own."""

    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(scope, "Bus")
        self.resource = events.EventBus(self, "Bus", event_bus_name=stage.named("bus"))

    def subscribe(self, function: Function, *classes: EventClass) -> None:
        """Call the function with every event of these classes."""
        self._rule(function.node.id, _pattern(classes), self._to_function(function))

    def enqueue(self, consumer: QueueConsumer, *classes: EventClass) -> None:
        """Put every event of these classes into the consumer's queue."""
        self._rule(consumer.name, _pattern(classes), self._to_queue(consumer))

    def enqueue_all(self, consumer: QueueConsumer, *, source: str) -> None:
        """Put every event of the source into the queue, those to come included."""
        pattern = events.EventPattern(source=[source])
        self._rule(consumer.name, pattern, self._to_queue(consumer))

    def start(self, machine: StateMachine, *classes: EventClass) -> None:
        """Start an execution for every event of these classes, with the event's id and detail."""
        target = targets.SfnStateMachine(
            machine.resource,
            input=events.RuleTargetInput.from_object(
                {
                    # LocalStack starts nothing without it: it names the execution by its input.
                    "id": events.EventField.event_id,
                    "meta": events.EventField.from_path("$.detail.meta"),
                    "data": events.EventField.from_path("$.detail.data"),
                }
            ),
            dead_letter_queue=machine.dead_letters,
            max_event_age=DELIVERY_AGE,
            retry_attempts=DELIVERY_RETRIES,
        )
        self._rule(machine.node.id, _pattern(classes), target)

    def _rule(self, name: str, pattern: events.EventPattern, target: events.IRuleTarget) -> None:
        events.Rule(
            self, f"To{name}", event_bus=self.resource, event_pattern=pattern, targets=[target]
        )

    @staticmethod
    def _to_function(function: Function) -> targets.LambdaFunction:
        return targets.LambdaFunction(
            function.resource,
            dead_letter_queue=function.dead_letters,
            max_event_age=DELIVERY_AGE,
            retry_attempts=DELIVERY_RETRIES,
        )

    @staticmethod
    def _to_queue(consumer: QueueConsumer) -> targets.SqsQueue:
        return targets.SqsQueue(
            consumer.queue,
            dead_letter_queue=consumer.dead_letters,
            max_event_age=DELIVERY_AGE,
            retry_attempts=DELIVERY_RETRIES,
        )


def _pattern(classes: tuple[EventClass, ...]) -> events.EventPattern:
    return events.EventPattern(
        source=sorted({event.source for event in classes}),
        detail_type=[event.detail_type for event in classes],
    )
