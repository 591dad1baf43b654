"""SDK clients, created once per process and on first use.

They come from botocore itself: boto3 around it costs every cold start a tenth more (transfers,
resources, documentation) for nothing that a function uses.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import get_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.session import Session

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"max_attempts": 3, "mode": "standard"},
    signature_version=None,
)


@lru_cache(maxsize=16)
def client(service: str, endpoint: str = "", signature: str = "") -> Any:
    """A client of the service; `endpoint` only where a setting names one.

    `signature` is for S3 forms, which botocore signs the old way unless told `s3v4`.
    """
    make: Callable[..., Any] = _session().create_client
    config = _CONFIG.merge(Config(signature_version=signature)) if signature else _CONFIG
    return make(service, endpoint_url=endpoint or None, config=config)


@lru_cache(maxsize=1)
def _session() -> Session:
    """One for all clients: each would read the endpoints' rules anew, for 20 ms."""
    return get_session()
