"""Pharmacies' changes reach the rosters, and the rosters' own writes do not come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infra_cdk.stages import stage_named

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly


def test_the_rosters_hear_of_pharmacies_alone_and_lose_no_change(cloud: Assembly) -> None:
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping")
    (mapping,) = [each for name, each in mappings.items() if name.startswith("Rosters")]
    (criteria,) = mapping["FilterCriteria"]["Filters"]
    assert json.loads(criteria["Pattern"]) == {"dynamodb": {"Keys": {"sk": {"S": ["pharmacy"]}}}}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 86_400
    assert "Queue" in mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]


def test_a_stages_weights_reach_the_function_that_ranks(cloud: Assembly) -> None:
    assert "ROUTING_POLICY" not in cloud.environment("route")
    assert stage_named("dev", {"routing_policy": "{}"}).routing_policy == "{}"
