"""The directory port on each of its stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters.dynamodb.directory import (
    DynamoDirectory,
    areas_item,
    medication_item,
    pharmacy_items,
    plan_item,
)
from pharmonico.adapters.memory.directory import MemoryDirectory

from local.seed.directory import seed_client, seed_directory
from tests.contract.directory_contract import (
    MEDICATIONS,
    PHARMACIES,
    PLANS,
    DirectoryContract,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_dynamodb import DynamoDBClient

TABLE = "directory"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n, _ in keys],
            KeySchema=[{"AttributeName": n, "KeyType": t} for n, t in keys],
        )
        yield client


class TestMemory(DirectoryContract):
    @pytest.fixture
    def directory(self) -> MemoryDirectory:
        return MemoryDirectory(medications=MEDICATIONS, pharmacies=PHARMACIES, plans=PLANS)


class TestDynamo(DirectoryContract):
    @pytest.fixture
    def directory(self, client: DynamoDBClient) -> DynamoDirectory:
        items = [medication_item(entry) for entry in MEDICATIONS]
        items += [item for entry in PHARMACIES for item in pharmacy_items(entry)]
        items += [plan_item(entry) for entry in PLANS]
        for item in (*items, areas_item(PHARMACIES)):
            client.put_item(TableName=TABLE, Item=item)
        return DynamoDirectory(client, TABLE)


def test_seeding_fills_the_directory_and_seeding_again_changes_nothing(
    client: DynamoDBClient,
) -> None:
    count = seed_directory(client, TABLE)
    assert seed_directory(client, TABLE) == count
    assert client.scan(TableName=TABLE, Select="COUNT")["Count"] == count
    directory = DynamoDirectory(client, TABLE)
    lipitor = directory.medication("00071015623")
    assert lipitor is not None
    assert lipitor.generic == "atorvastatin calcium"
    assert directory.plan("610014", "MEDDPRIME", "EXGRP01") is not None


def test_the_demo_client_is_bound_to_its_prescribers(client: DynamoDBClient) -> None:
    seed_client(client, TABLE, "client-1")
    key = {"pk": {"S": "client#client-1"}, "sk": {"S": "client"}}
    body = client.get_item(TableName=TABLE, Key=key)["Item"]["body"]["S"]
    assert '"1234567802"' in body
    assert '"*"' in body
