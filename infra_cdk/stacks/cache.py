"""Tokens on Valkey: the cache, the network it needs, and the way in for functions.

Only where a stage asks for it (`cache`): DynamoDB serves most, without a network to pay for. The
token of a link or a session is a key here as there, kept as its digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_lambda as lambda_

from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from aws_cdk import aws_kms as kms
    from constructs import Construct

    from infra_cdk.constructs.function import Function
    from infra_cdk.stages import Stage

ENGINE, VERSION, NODE = "valkey", "8.0", "cache.t4g.small"
PORT = 6379
ZONES = 2
NETWORK_ACTIONS = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)


class CacheStack(PharmonicoStack):
    """One small group of two nodes in two zones, encrypted at rest and on its way."""

    def __init__(self, scope: Construct, *, stage: Stage, key: kms.IKey) -> None:
        super().__init__(scope, "cache", stage=stage)
        self._network = self._declare_network()
        self._callers = ec2.SecurityGroup(
            self, "Callers", vpc=self._network, description="functions that use tokens"
        )
        nodes = ec2.SecurityGroup(
            self,
            "Nodes",
            vpc=self._network,
            description="the cache of tokens",
            allow_all_outbound=False,
        )
        nodes.add_ingress_rule(self._callers, ec2.Port.tcp(PORT), "tokens")
        group = self._declare_group(nodes, key)
        self.url = f"rediss://{group.attr_primary_end_point_address}:{PORT}/0"

    def let_in(self, function: Function) -> None:
        """Put the function into the network, from where it reaches the cache and the world."""
        declared = function.resource.node.default_child
        if not isinstance(declared, lambda_.CfnFunction):
            raise TypeError(f"{function.spec.name} is no function")
        declared.vpc_config = lambda_.CfnFunction.VpcConfigProperty(
            subnet_ids=self._network.select_subnets(
                subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS
            ).subnet_ids,
            security_group_ids=[self._callers.security_group_id],
        )
        # Interfaces have no names beforehand; AWS's own policy for this names no resource either.
        function.may(*NETWORK_ACTIONS, on=["*"])

    def _declare_network(self) -> ec2.Vpc:
        return ec2.Vpc(
            self,
            "Network",
            max_azs=ZONES,
            nat_gateways=1,  # to the providers and the other services of AWS
            restrict_default_security_group=False,  # it would bring a helper function along
            gateway_endpoints={
                "DynamoDb": ec2.GatewayVpcEndpointOptions(
                    service=ec2.GatewayVpcEndpointAwsService.DYNAMODB
                ),
                "S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3),
            },
            flow_logs={"Refused": ec2.FlowLogOptions(traffic_type=ec2.FlowLogTrafficType.REJECT)},
            subnet_configuration=[
                ec2.SubnetConfiguration(
                    name="way-out",
                    subnet_type=ec2.SubnetType.PUBLIC,
                    map_public_ip_on_launch=False,
                ),
                ec2.SubnetConfiguration(
                    name="functions", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS
                ),
            ],
        )

    def _declare_group(
        self, nodes: ec2.SecurityGroup, key: kms.IKey
    ) -> elasticache.CfnReplicationGroup:
        subnets = elasticache.CfnSubnetGroup(
            self,
            "Subnets",
            description="where the cache of tokens lies",
            subnet_ids=self._network.select_subnets(
                subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS
            ).subnet_ids,
        )
        group = elasticache.CfnReplicationGroup(
            self,
            "Tokens",
            replication_group_description="links, sessions, codes, counters",
            engine=ENGINE,
            engine_version=VERSION,
            cache_node_type=NODE,
            num_cache_clusters=ZONES,
            automatic_failover_enabled=True,
            multi_az_enabled=True,
            port=PORT,
            cache_subnet_group_name=subnets.ref,
            security_group_ids=[nodes.security_group_id],
            transit_encryption_enabled=True,
            at_rest_encryption_enabled=True,
            kms_key_id=key.key_arn,
        )
        group.apply_removal_policy(RemovalPolicy.DESTROY)  # nothing in it outlives a week
        return group
