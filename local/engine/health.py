"""Whether a LocalStack takes requests."""

from __future__ import annotations

import httpx

HEALTH = "/_localstack/health"


def healthy(url: str) -> bool:
    """Whether its gateway answers."""
    try:
        return httpx.get(url + HEALTH, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
