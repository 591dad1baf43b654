"""SDK clients, created once per process and on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"max_attempts": 3, "mode": "standard"},
    signature_version=None,
)


@lru_cache(maxsize=16)
def client(service: str, endpoint: str = "", signature: str = "") -> Any:
    """A client of the service; `endpoint` only where a setting names one.

    `signature` is for S3 forms, which boto3 signs the old way unless told `s3v4`.
    """
    make: Callable[..., Any] = boto3.client
    config = _CONFIG.merge(Config(signature_version=signature)) if signature else _CONFIG
    return make(service, endpoint_url=endpoint or None, config=config)
