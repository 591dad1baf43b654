"""The AWS API of any engine, through the client that LocalStack gives its users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from botocore.config import Config
from localstack_client.session import Session

from local.environment import ENGINE_KEY, ENGINE_SECRET
from local.place import REGION

if TYPE_CHECKING:
    from local.cloud import Cloud

CONFIG = Config(
    retries={"max_attempts": 3, "mode": "standard"},
    read_timeout=60,
    max_pool_connections=20,
    proxies={},
)


def client(cloud: Cloud, service: str) -> Any:
    """A boto3 client of one service."""
    address = cloud.engine.address_of(service)
    session: Any = Session(
        ENGINE_KEY,
        ENGINE_SECRET,
        region_name=REGION,
        localstack_host=urlsplit(address).netloc,
    )
    opened = session.client(service, config=CONFIG)
    # A shell's AWS_ENDPOINT_URL goes before whatever the session was told.
    assert opened.meta.endpoint_url == address, opened.meta.endpoint_url
    return opened
