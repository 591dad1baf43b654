"""In which order a role, its policy and what assumes the role come to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from aws_cdk import aws_iam as iam
    from constructs import IConstruct


def after_policy(construct: IConstruct, role: iam.IRole) -> None:
    """Create it after the role's policy: its first call may need what that allows.

    By itself the CDK names the role too, which the reference to its ARN says already, and a
    linter of templates minds what is said twice.
    """
    policy = cast("CfnResource", role.node.find_child("DefaultPolicy").node.default_child)
    resource = cast("CfnResource", construct.node.default_child)
    resource.add_override("DependsOn", [policy.logical_id])
