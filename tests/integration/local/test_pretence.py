"""What LocalStack's CloudFormation says and does not do is noticed, or made good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from local.deploy.api import republish_api
from local.deploy.pretence import refuse_pretence
from local.place import LocalError

OUTPUTS = {"ApiId": "abc", "ApiStage": "live"}


class Cloud:
    """The parts of an engine's clients that are asked."""

    def __init__(self, *, resources: dict[str, str] | None = None, stages: str = "") -> None:
        self.resources = resources or {}
        self.stages = stages.split()
        self.made: list[dict[str, Any]] = []

    def client(self, _: str) -> Cloud:
        return self

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


def test_a_stage_that_an_update_took_away_is_put_back_at_the_newest_deployment() -> None:
    cloud: Any = Cloud()
    assert republish_api(cloud, OUTPUTS)
    assert cloud.made == [{"restApiId": "abc", "stageName": "live", "deploymentId": "new"}]


@pytest.mark.parametrize("outputs", [OUTPUTS, {}])
def test_a_stage_that_is_there_stays_as_it_is(outputs: dict[str, str]) -> None:
    cloud: Any = Cloud(stages="test live")
    assert not republish_api(cloud, outputs)
    assert cloud.made == []
