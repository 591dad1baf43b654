"""Tokens on Redis or Valkey (ElastiCache on AWS); the server's clock decides what has expired.

Only commands that every version since Redis 6.2 knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from redis import Redis

if TYPE_CHECKING:
    from typing import Self

TIMEOUT_S = 2.0


class RedisTokens:
    def __init__(self, client: Redis) -> None:
        self._client = client

    @classmethod
    def at(cls, url: str) -> Self:
        """On the server of that `redis://` or `rediss://` URL, over one connection pool."""
        return cls(_connected(url))

    def put(self, key: str, value: str, *, ttl_s: int) -> None:
        self._client.set(key, value, ex=ttl_s)

    def put_new(self, key: str, value: str, *, ttl_s: int) -> bool:
        return self._client.set(key, value, ex=ttl_s, nx=True) is not None

    def get(self, key: str) -> str | None:
        return cast("str | None", self._client.get(key))

    def swap(self, key: str, value: str, *, ttl_s: int) -> str | None:
        return cast("str | None", self._client.set(key, value, ex=ttl_s, get=True))

    def take(self, key: str) -> str | None:
        return cast("str | None", self._client.getdel(key))

    def drop(self, key: str) -> None:
        self._client.delete(key)

    def count(self, key: str, *, ttl_s: int) -> int:
        """Both commands are one transaction, so that no counter is ever left without an end."""
        with self._client.pipeline(transaction=True) as both:
            both.set(key, 0, ex=ttl_s, nx=True)
            both.incr(key)
            return int(both.execute()[1])

    def count_apart(self, key: str, *, ttl_s: int, pause_s: int) -> int | None:
        if not self.put_new(f"{key}#pause", "1", ttl_s=pause_s):
            return None
        return self.count(key, ttl_s=ttl_s)


@lru_cache(maxsize=4)
def _connected(url: str) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
    )
