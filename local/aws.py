"""Clients of a local engine; never of AWS itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from local.environment import ENGINE_KEY, ENGINE_SECRET
from local.place import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG = Config(
    signature_version="s3v4",
    retries={"max_attempts": 3, "mode": "standard"},
    read_timeout=60,
    max_pool_connections=20,
    proxies={},
)


@dataclass(frozen=True)
class Engine:
    """An engine at its address; some services may have one of their own."""

    url: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session(ENGINE_KEY, ENGINE_SECRET, region_name=REGION)

    def client(self, service: str) -> Any:
        """A client of one service."""
        open_client: Any = self._session.client
        url = self.address_of(service)
        return open_client(service, endpoint_url=url, config=_config_of(service))

    def address_of(self, service: str) -> str:
        """Where the service answers."""
        return self.elsewhere.get(service, self.url)


def _config_of(service: str) -> Config | None:
    """Signature version 4 is S3's switch; the other services have no other."""
    return CONFIG if service == "s3" else CONFIG.merge(Config(signature_version="v4"))
