"""A role may do what its function needs, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.infrastructure.assembly import Assembly

# Actions that AWS offers on every resource or none, and who needs them.
RESOURCELESS = {
    "xray:PutTraceSegments": "tracing",
    "xray:PutTelemetryRecords": "tracing",
    "xray:GetSamplingRules": "tracing of the machines",
    "xray:GetSamplingTargets": "tracing of the machines",
    "logs:CreateLogDelivery": "the machines' logs",
    "logs:GetLogDelivery": "the machines' logs",
    "logs:UpdateLogDelivery": "the machines' logs",
    "logs:DeleteLogDelivery": "the machines' logs",
    "logs:ListLogDeliveries": "the machines' logs",
    "logs:PutResourcePolicy": "the machines' logs",
    "logs:DescribeResourcePolicies": "the machines' logs",
    "logs:DescribeLogGroups": "the machines' logs",
    "dynamodb:ListStreams": "the publisher's event source",
}
# The one managed policy there is no other way to give: API Gateway's account-wide log role.
MANAGED = "AmazonAPIGatewayPushToCloudWatchLogs"


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements(cloud: Assembly) -> Iterator[tuple[str, list[str], list[Any]]]:
    for name, policy in cloud.resources("AWS::IAM::Policy").items():
        for statement in policy["PolicyDocument"]["Statement"]:
            yield name, listed(statement["Action"]), listed(statement["Resource"])


def test_no_role_may_do_everything_of_a_service(cloud: Assembly) -> None:
    broad = [(name, a) for name, actions, _ in statements(cloud) for a in actions if a[-2:] == ":*"]
    assert broad == []
    assert [name for name, actions, _ in statements(cloud) if "*" in actions] == []


def test_a_role_may_act_on_everything_only_where_aws_knows_no_less(cloud: Assembly) -> None:
    everywhere = {
        (name, action)
        for name, actions, resources in statements(cloud)
        if "*" in resources
        for action in actions
    }
    assert {each for each in everywhere if each[1] not in RESOURCELESS} == set()


def test_every_function_has_a_role_of_its_own(cloud: Assembly) -> None:
    roles = [each["Role"]["Fn::GetAtt"][0] for each in cloud.functions.values()]
    assert len(set(roles)) == len(roles)


def test_no_role_has_a_managed_policy(cloud: Assembly) -> None:
    roles = cloud.resources("AWS::IAM::Role").items()
    managed = {
        name: str(role["ManagedPolicyArns"]) for name, role in roles if "ManagedPolicyArns" in role
    }
    assert {name: arns for name, arns in managed.items() if MANAGED not in arns} == {}


def test_nobody_may_change_or_delete_an_audit_entry(cloud: Assembly) -> None:
    changing = {"dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    guilty = [
        name
        for name, actions, resources in statements(cloud)
        if changing & set(actions) and "Audit" in str(resources)
    ]
    assert guilty == []


def test_only_token_openers_and_wakers_may_answer_tokens(cloud: Assembly) -> None:
    able = {
        name.split("RoleDefaultPolicy")[0]
        for name, actions, _ in statements(cloud)
        if "states:SendTaskSuccess" in actions
    }
    openers = {"Validate", "Route", "OpenWait", "Payment", "Dispense"}
    assert able == {*openers, "Resume", "ReleaseWait"}
