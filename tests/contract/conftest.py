"""Stores to run the contracts against: DynamoDB and S3 in this process, and a real Redis."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from redis import Redis
from redis.exceptions import ConnectionError as NotUpYet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REDIS_SERVER = shutil.which("redis-server") or shutil.which("valkey-server")
"""None where neither is installed: then the Redis adapter's proof is left to a machine with one."""

START_TRIES = 100


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
    """A Redis of our own on a free loopback port, without persistence."""
    port = free_port()
    process = subprocess.Popen(_command(port, tmp_path_factory.mktemp("redis")))
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _command(port: int, folder: Path) -> list[str]:
    quiet = ["--loglevel", "warning", "--logfile", str(folder / "log")]
    place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    return [str(REDIS_SERVER), *place, *quiet, "--save", "", "--appendonly", "no"]


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


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(START_TRIES):
        try:
            with Redis.from_url(url) as client:
                client.ping()
        except NotUpYet:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("redis did not start")
