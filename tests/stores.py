"""A tokens store on a real server that speaks Redis, whose keys age by a test's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pharmonico.adapters.tokens.redis import RedisTokens
from redis import Redis

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.kit.clock import Clock


class AgeingRedisTokens(RedisTokens):
    """Before each call every key is made as much older as the clock has moved on."""

    def __init__(self, url: str, *, clock: Clock) -> None:
        self.server = cast("Redis", Redis.from_url(url, decode_responses=True))
        super().__init__(self.server)
        self._clock = clock
        self._now = clock.now()

    def put(self, key: str, value: str, *, ttl_s: int) -> None:
        self._age(self._clock.now())
        super().put(key, value, ttl_s=ttl_s)

    def put_new(self, key: str, value: str, *, ttl_s: int) -> bool:
        self._age(self._clock.now())
        return super().put_new(key, value, ttl_s=ttl_s)

    def get(self, key: str) -> str | None:
        self._age(self._clock.now())
        return super().get(key)

    def swap(self, key: str, value: str, *, ttl_s: int) -> str | None:
        self._age(self._clock.now())
        return super().swap(key, value, ttl_s=ttl_s)

    def take(self, key: str) -> str | None:
        self._age(self._clock.now())
        return super().take(key)

    def count(self, key: str, *, ttl_s: int) -> int:
        self._age(self._clock.now())
        return super().count(key, ttl_s=ttl_s)

    def count_apart(self, key: str, *, ttl_s: int, pause_s: int) -> int | None:
        self._age(self._clock.now())
        return super().count_apart(key, ttl_s=ttl_s, pause_s=pause_s)

    def _age(self, now: datetime) -> None:
        passed_ms = int((now - self._now).total_seconds() * 1_000)
        if not passed_ms:
            return
        self._now = now
        for key in self.server.scan_iter():
            # Whole seconds: the few milliseconds a test itself takes make nothing expire early.
            left_ms = -(-int(self.server.pttl(key)) // 1_000) * 1_000 - passed_ms
            if left_ms > 0:
                self.server.pexpire(key, left_ms)
            else:
                self.server.delete(key)
