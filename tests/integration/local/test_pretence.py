"""What LocalStack's CloudFormation says and does not do is noticed, or made good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from local.deploy.api import republish_api
from local.deploy.pretence import HalfUpdated, refuse_pretence
from local.place import LocalError

OUTPUTS = {"ApiId": "abc", "ApiStage": "live"}


class Cloud:
    """The parts of an engine's clients that are asked."""

    def __init__(
        self,
        *,
        status: str = "UPDATE_COMPLETE",
        resources: dict[str, str] | None = None,
        events: list[tuple[str, str]] | None = None,
        stages: str = "",
    ) -> None:
        self.status = status
        self.resources = resources or {}
        self.events = events or []
        self.stages = stages.split()
        self.made: list[dict[str, Any]] = []

    def client(self, _: str) -> Cloud:
        return self

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        return {"Stacks": [{"StackStatus": self.status}]}

    def describe_stack_events(self, **_: str) -> dict[str, Any]:
        return {
            "StackEvents": [
                {
                    "LogicalResourceId": kind.rpartition(":")[2],
                    "ResourceType": kind,
                    "ResourceStatus": status,
                    "ResourceStatusReason": "it is wrong",
                }
                for kind, status in self.events
            ]
        }

    def describe_stack_resources(self, **_: str) -> dict[str, Any]:
        return {
            "StackResources": [
                {"ResourceType": kind, "PhysicalResourceId": id_}
                for kind, id_ in self.resources.items()
            ]
        }

    def get_stages(self, **_: str) -> dict[str, Any]:
        return {"item": [{"stageName": name} for name in self.stages]}

    def get_deployments(self, **_: str) -> dict[str, Any]:
        days = [("old", 1), ("new", 3), ("older", 2)]
        return {
            "items": [
                {"id": id_, "createdDate": datetime(2026, 11, day, tzinfo=UTC)} for id_, day in days
            ]
        }

    def create_stage(self, **stage: str) -> None:
        self.made.append(stage)


def test_a_type_the_engine_only_pretends_to_make_is_refused_by_name() -> None:
    cloud: Any = Cloud(resources={"AWS::SQS::Queue": "q-1", "AWS::Pipes::Pipe": "unknown"})
    with pytest.raises(LocalError, match="stack data: the engine does not know AWS::Pipes::Pipe"):
        refuse_pretence(cloud, "data")


def test_what_the_edge_plays_may_be_pretended() -> None:
    cloud: Any = Cloud(
        resources={"AWS::CloudFront::Distribution": "unknown", "AWS::S3::Bucket": "b"}
    )
    refuse_pretence(cloud, "web")


STACK, QUEUE = "AWS::CloudFormation::Stack", "AWS::SQS::Queue"
# Newest first, as LocalStack told of an update whose queue had an impossible name.
UPDATE = [
    (STACK, "UPDATE_COMPLETE"),
    (STACK, "ROLLBACK_COMPLETE"),
    (STACK, "CREATE_FAILED"),
    (QUEUE, "CREATE_FAILED"),
    (QUEUE, "CREATE_IN_PROGRESS"),
    (STACK, "UPDATE_IN_PROGRESS"),
]


def test_an_update_that_failed_is_not_complete_whatever_it_says() -> None:
    cloud: Any = Cloud(events=UPDATE)
    with pytest.raises(
        HalfUpdated, match=r"says UPDATE_COMPLETE in spite of\n  Queue .*: it is wrong"
    ):
        refuse_pretence(cloud, "data")


@pytest.mark.parametrize("removed", ["DELETE_COMPLETE", "DELETE_FAILED"])
def test_the_update_that_takes_it_out_again_is_complete(removed: str) -> None:
    mended = [(STACK, "UPDATE_COMPLETE"), (QUEUE, removed), (STACK, "UPDATE_IN_PROGRESS")]
    cloud: Any = Cloud(events=[*mended, *UPDATE])
    refuse_pretence(cloud, "data")


def test_a_stack_that_was_rolled_back_honestly_may_be_wanted_as_it_is() -> None:
    cloud: Any = Cloud(status="UPDATE_ROLLBACK_COMPLETE", events=UPDATE)
    refuse_pretence(cloud, "data")


def test_a_stage_that_an_update_took_away_is_put_back_at_the_newest_deployment() -> None:
    cloud: Any = Cloud()
    assert republish_api(cloud, OUTPUTS)
    assert cloud.made == [{"restApiId": "abc", "stageName": "live", "deploymentId": "new"}]


@pytest.mark.parametrize("outputs", [OUTPUTS, {}])
def test_a_stage_that_is_there_stays_as_it_is(outputs: dict[str, str]) -> None:
    cloud: Any = Cloud(stages="test live")
    assert not republish_api(cloud, outputs)
    assert cloud.made == []
