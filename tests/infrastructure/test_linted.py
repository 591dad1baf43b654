"""CloudFormation's own schemas and rules on every template: what `sam validate --lint` runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cfnlint.api import ManualArgs, lint

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

STRICT = ManualArgs(regions=["us-east-1"], include_checks=["I"])


def found_in(template: dict[str, Any]) -> list[str]:
    return [str(match) for match in lint(json.dumps(template), config=STRICT)]


def test_no_rule_finds_anything(cloud: Assembly) -> None:
    found = {name: found_in(template) for name, template in cloud.templates.items()}
    assert {name: findings for name, findings in found.items() if findings} == {}
    assert found.keys() >= {"data", "identity", "fulfillment", "api", "web"}


def test_a_property_that_does_not_exist_is_found(local: Assembly) -> None:
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": "b", "Colour": "green"}}
    template = local.templates["data"] | {"Resources": {"Bus": bus}, "Outputs": {}}
    (finding,) = found_in(template)
    assert "'Colour' was unexpected" in finding


@pytest.mark.parametrize("kind", ["AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"])
def test_what_assumes_a_role_comes_after_its_policy(cloud: Assembly, kind: str) -> None:
    ordered = []
    for template in cloud.templates.values():
        resources = template["Resources"]
        policies = {
            role["Ref"]: name
            for name, policy in resources.items()
            if policy["Type"] == "AWS::IAM::Policy"
            for role in policy["Properties"]["Roles"]
        }
        for each in (each for each in resources.values() if each["Type"] == kind):
            role = each["Properties"].get("Role") or each["Properties"]["RoleArn"]
            ordered.append(policies[role["Fn::GetAtt"][0]] in each["DependsOn"])
    assert ordered
    assert all(ordered)
