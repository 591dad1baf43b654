"""Records are encrypted, recoverable and private."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly


def table(cloud: Assembly, name: str) -> dict[str, Any]:
    found = cloud.resources("AWS::DynamoDB::Table")
    return next(each for key, each in found.items() if key.startswith(name))


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {each["KeyType"]: each["AttributeName"] for each in schema}


def test_every_table_can_go_back_in_time_and_has_our_key(cloud: Assembly) -> None:
    tables = cloud.resources("AWS::DynamoDB::Table").values()
    assert len(tables) == (6 if cloud.stage == "prod" else 7)
    for each in tables:
        assert each["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert each["SSESpecification"]["SSEEnabled"] is True
        assert each["SSESpecification"]["KMSMasterKeyId"]["Fn::GetAtt"][0].startswith("Key")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orders", {"HASH": "pk", "RANGE": "sk"}),
        ("Audit", {"HASH": "pk", "RANGE": "seq"}),
        ("Tokens", {"HASH": "pk"}),
        ("Desk", {"HASH": "pk", "RANGE": "sk"}),
        ("Directory", {"HASH": "pk", "RANGE": "sk"}),
    ],
)
def test_the_keys_are_the_adapters_own(
    cloud: Assembly, name: str, expected: dict[str, str]
) -> None:
    assert keys(table(cloud, name)["KeySchema"]) == expected


def test_orders_are_listed_by_status_and_streamed(cloud: Assembly) -> None:
    orders = table(cloud, "Orders")
    (index,) = orders["GlobalSecondaryIndexes"]
    assert (index["IndexName"], keys(index["KeySchema"])) == (
        "by_status",
        {"HASH": "gsi_status", "RANGE": "id"},
    )
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert orders["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_a_pharmacys_change_is_streamed_with_what_it_was(cloud: Assembly) -> None:
    directory = table(cloud, "Directory")
    assert directory["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.mark.parametrize("name", ["Tokens", "Orders"])
def test_tokens_and_the_counters_beside_the_orders_are_forgotten(
    cloud: Assembly, name: str
) -> None:
    expiry = table(cloud, name)["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}


def test_every_bucket_is_private_and_encrypted(cloud: Assembly) -> None:
    buckets = cloud.resources("AWS::S3::Bucket").values()
    assert len(buckets) == 5
    for each in buckets:
        assert set(each["PublicAccessBlockConfiguration"].values()) == {True}
        assert each["BucketEncryption"]["ServerSideEncryptionConfiguration"]


def test_documents_lie_under_our_key_and_sites_do_not(cloud: Assembly) -> None:
    def algorithms(stack: str) -> set[str]:
        return {
            rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"]
            for each in cloud.resources("AWS::S3::Bucket", stack=stack).values()
            for rule in each["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        }

    assert algorithms("data") == {"aws:kms"}
    assert algorithms("web") == {"AES256"}


def test_the_audits_digests_cannot_be_deleted_and_have_a_key_of_their_own(cloud: Assembly) -> None:
    buckets = cloud.resources("AWS::S3::Bucket", stack="data").values()
    (vault,) = [each for each in buckets if each.get("ObjectLockEnabled")]
    assert vault["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = vault["LifecycleConfiguration"]["Rules"]
    assert rule["Prefix"] == "exports/"
    keys_of = cloud.resources("AWS::KMS::Key", stack="data").values()
    (signing,) = [each for each in keys_of if each.get("KeyUsage") == "SIGN_VERIFY"]
    assert signing["KeySpec"] == "ECC_NIST_P256"
    days = {"prod": "2192"}.get(cloud.stage, "1")
    for name in ("audit_digest", "audit_api"):
        variables = cloud.functions[name]["Environment"]["Variables"]
        assert variables["AUDIT_RETENTION_DAYS"] == days


def test_only_the_portal_may_post_card_photos(cloud: Assembly) -> None:
    buckets = cloud.resources("AWS::S3::Bucket", stack="data").values()
    (rules,) = [
        each["CorsConfiguration"]["CorsRules"] for each in buckets if "CorsConfiguration" in each
    ]
    portal = {"embedded": "http://portal.localhost:8080"}.get(
        cloud.stage, "https://portal.pharmonico.example"
    )
    assert [(rule["AllowedMethods"], rule["AllowedOrigins"]) for rule in rules] == [
        (["POST"], [portal])
    ]


def test_production_keeps_its_records_when_a_stack_goes(prod: Assembly) -> None:
    kept = {
        resource["DeletionPolicy"]
        for resource in prod.templates["data"]["Resources"].values()
        if resource["Type"] in {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"}
    }
    assert kept == {"Retain"}


def test_the_secret_holds_no_key_of_a_provider(cloud: Assembly) -> None:
    (secret,) = cloud.resources("AWS::SecretsManager::Secret").values()
    made = secret["GenerateSecretString"]
    assert made["GenerateStringKey"] == "signing_key"
    assert set(json.loads(made["SecretStringTemplate"]).values()) == {""}
