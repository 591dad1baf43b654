"""A stage with a cache: tokens on Valkey, and the functions that use them in its network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cfnlint.api import ManualArgs, lint

from infra_cdk.compliance import DECIDED_FOR_A_CACHE, PACK
from infra_cdk.functions import ALL
from infra_cdk.needs import Need
from infra_cdk.stages import STAGES
from tests.infrastructure.conftest import PROD_SETTINGS, synthesised

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

WITH_TOKENS = {spec.name for spec in ALL if Need.TOKENS in spec.needs}


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """It would not be written at all if it broke a HIPAA rule that was not decided upon."""
    return synthesised(tmp_path_factory.mktemp("cached"), "prod", {**PROD_SETTINGS, "cache": True})


def test_no_stage_has_a_cache_that_did_not_ask_for_one(cloud: Assembly) -> None:
    assert [name for name, stage in STAGES.items() if stage.cache] == []
    assert "cache" not in cloud.templates
    assert cloud.resources("AWS::EC2::VPC") == {}


def test_functions_with_tokens_and_no_others_are_in_the_network(cached: Assembly) -> None:
    inside = {name for name, each in cached.functions.items() if "VpcConfig" in each}
    assert inside == WITH_TOKENS
    for name in inside:
        url = json.dumps(cached.environment(name)["TOKENS_URL"])
        assert url.count("rediss://") == 1
        assert "PrimaryEndPoint" in url
    without = [cached.environment(name) for name in cached.functions.keys() - inside]
    assert [each for each in without if "TOKENS_URL" in each] == []


def test_tokens_are_encrypted_at_rest_and_on_their_way_and_survive_a_node(cached: Assembly) -> None:
    (group,) = cached.resources("AWS::ElastiCache::ReplicationGroup").values()
    assert group["Engine"] == "valkey"
    assert group["AtRestEncryptionEnabled"]
    assert group["TransitEncryptionEnabled"]
    assert "KmsKeyId" in group
    assert (group["AutomaticFailoverEnabled"], group["NumCacheClusters"]) == (True, 2)


def test_nobody_else_reaches_the_cache(cached: Assembly) -> None:
    (rule,) = cached.resources("AWS::EC2::SecurityGroupIngress").values()
    assert (rule["FromPort"], rule["ToPort"]) == (6379, 6379)
    assert "Callers" in json.dumps(rule["SourceSecurityGroupId"])
    groups = cached.resources("AWS::EC2::SecurityGroup", stack="cache").values()
    assert [each for each in groups if "SecurityGroupIngress" in each] == []


def test_what_was_decided_for_a_cache_is_still_needed(cached: Assembly) -> None:
    report = json.loads((cached.folder / "validation-report.json").read_text())
    (pack,) = report["pluginReports"]
    applied = {each["ruleName"].removeprefix(f"{PACK}-") for each in pack["suppressedViolations"]}
    assert (pack["conclusion"], DECIDED_FOR_A_CACHE.keys() - applied) == ("success", set())


def test_no_rule_of_cloudformation_finds_anything(cached: Assembly) -> None:
    config = ManualArgs(regions=["us-east-1"], include_checks=["I"])
    for stack in ("cache", "api"):
        found = lint(json.dumps(cached.templates[stack]), config=config)
        assert [str(match) for match in found] == []
