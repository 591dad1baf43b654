"""Who hears of what, and where an event goes that cannot be delivered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.desk.queues import DEAD_SUFFIX
from pharmonico.fulfillment.webhooks.endpoint import EVENT_TYPES

from infra_cdk.functions import CONSUMERS, SCHEDULED

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

SOURCE = "pharmonico.fulfillment"
MACHINES = ("fulfillment", "cancellation")


def rule(cloud: Assembly, name: str) -> dict[str, Any]:
    rules = cloud.resources("AWS::Events::Rule", stack="fulfillment")
    (found,) = [each for key, each in rules.items() if key.startswith(name)]
    return found


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("BusToFulfillment", {"intake_received", "prescription_resumed"}),
        (
            "BusToCancellation",
            {"prescription_cancelled", "compensation_resumed", "parcel_written_off"},
        ),
        (
            "BusToResume",
            {
                *("enrollment_completed", "pharmacy_selected", "payment_successful"),
                *("payment_failed", "prescription_dispensed", "delivered"),
            },
        ),
    ],
)
def test_a_rule_takes_exactly_its_events(cloud: Assembly, name: str, types: set[str]) -> None:
    pattern = rule(cloud, name)["EventPattern"]
    assert (set(pattern["detail-type"]), pattern["source"]) == (types, [SOURCE])


def test_patients_are_told_of_what_concerns_them(cloud: Assembly) -> None:
    told = set(rule(cloud, "BusToNotification")["EventPattern"]["detail-type"])
    assert told >= {"enrollment_started", "payment_link_required", "delivered"}
    assert "validation_failed" not in told


def test_what_the_prescriber_is_to_hear_is_queued(cloud: Assembly) -> None:
    told = set(rule(cloud, "BusToCorrespond")["EventPattern"]["detail-type"])
    assert told == {
        "prescriber_message_required",
        "prescriber_answered",
        "prescription_dispensed",
        "dispense_refused",
    }


def test_receivers_hear_of_what_they_may_subscribe_to(cloud: Assembly) -> None:
    heard = rule(cloud, "BusToWebhookFanout")["EventPattern"]["detail-type"]
    assert set(heard) == set(EVENT_TYPES)


def test_webhooks_are_sent_one_at_a_time_from_a_queue_others_know_by_name(cloud: Assembly) -> None:
    queues = cloud.resources("AWS::SQS::Queue", stack="fulfillment")
    named = {each["QueueName"]: key for key, each in queues.items() if "QueueName" in each}
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping").values()
    (mapping,) = [
        each
        for each in mappings
        if each["EventSourceArn"]
        == {"Fn::GetAtt": [named[f"pharmonico-{cloud.stage}-webhook_sender"], "Arn"]}
    ]
    assert mapping["BatchSize"] == 1
    for function in ("webhook_fanout", "webhooks_api"):
        assert cloud.environment(function)["WEBHOOKS_QUEUE"] in named


def test_ops_are_told_of_every_queue_there_is(cloud: Assembly) -> None:
    queues = cloud.resources("AWS::SQS::Queue", stack="fulfillment").values()
    known = cloud.environment("system_api")
    prefix = known["QUEUE_PREFIX"]
    told = {f"{prefix}{name}" for name in known["QUEUES"].split()}
    dead = {f"{prefix}{name}{DEAD_SUFFIX}" for name in known["DEAD_LETTERS"].split()}
    assert {queue["QueueName"] for queue in queues} == told | dead


def test_the_audit_hears_everything(cloud: Assembly) -> None:
    assert rule(cloud, "BusToAudit")["EventPattern"] == {"source": [SOURCE]}


@pytest.mark.parametrize("name", ["BusToFulfillment", "BusToCancellation"])
def test_a_machine_starts_with_the_events_id_and_detail(cloud: Assembly, name: str) -> None:
    (target,) = rule(cloud, name)["Targets"]
    paths, template = target["InputTransformer"].values()
    for placeholder, path in paths.items():
        template = template.replace(f"<{placeholder}>", json.dumps(path))
    assert json.loads(template) == {
        "id": "$.id",
        "meta": "$.detail.meta",
        "data": "$.detail.data",
    }


def test_every_target_has_a_dead_letter_queue(cloud: Assembly) -> None:
    rules = cloud.resources("AWS::Events::Rule")
    without = [
        name
        for name, each in rules.items()
        for target in each["Targets"]
        if "Arn" not in target.get("DeadLetterConfig", {})
    ]
    assert (without, len(rules)) == ([], len(MACHINES) + len(CONSUMERS) + len(SCHEDULED))


def test_the_clock_ticks(cloud: Assembly) -> None:
    ticks = {
        name: rule(cloud, f"Tick{name}")["ScheduleExpression"]
        for name in ("TrackPoller", "Reconcile")
    }
    assert ticks == {"TrackPoller": "rate(15 minutes)", "Reconcile": "rate(5 minutes)"}


def test_the_outbox_loses_nothing(cloud: Assembly) -> None:
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping")
    (mapping,) = [each for name, each in mappings.items() if name.startswith("Publisher")]
    (criteria,) = mapping["FilterCriteria"]["Filters"]
    assert json.loads(criteria["Pattern"]) == {
        "dynamodb": {"NewImage": {"outbox": {"S": [{"exists": True}]}}}
    }
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 86_400
    assert "Queue" in mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    # The embedded engine drops what a function reports piece by piece.
    assert "FunctionResponseTypes" not in mapping


def test_every_queue_is_encrypted_and_keeps_what_it_gets(cloud: Assembly) -> None:
    queues = cloud.resources("AWS::SQS::Queue").values()
    assert {each["SqsManagedSseEnabled"] for each in queues} == {True}
    kept = {"RedrivePolicy" in each: each["MessageRetentionPeriod"] for each in queues}
    assert kept == {True: 4 * 86_400, False: 14 * 86_400}


def test_the_archive_is_for_aws_alone(local: Assembly, prod: Assembly) -> None:
    assert "AWS::Events::Archive" in prod.types()
    assert "AWS::Events::Archive" not in local.types()


@pytest.mark.parametrize("name", ["Notification", "Audit", "ClaimReverser", "WebhookFanout"])
def test_what_talks_to_partners_or_may_wait_has_a_queue_in_front(
    cloud: Assembly, name: str
) -> None:
    """The messages of an outage stay for days, and one that fails does not hold up the others."""
    queues = cloud.resources("AWS::SQS::Queue", stack="fulfillment")
    (inbox,) = [key for key in queues if key.startswith(f"{name}Inbox")]
    (target,) = rule(cloud, f"BusTo{name}")["Targets"]
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping").values()
    (mapping,) = [
        each for each in mappings if each["EventSourceArn"] == {"Fn::GetAtt": [inbox, "Arn"]}
    ]
    assert target["Arn"] == {"Fn::GetAtt": [inbox, "Arn"]}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert queues[inbox]["RedrivePolicy"]["maxReceiveCount"] > 1
