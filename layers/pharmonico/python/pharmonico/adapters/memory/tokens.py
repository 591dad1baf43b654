"""Expiring tokens in memory; the clock decides what has expired."""

from __future__ import annotations

from datetime import timedelta
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.kit.clock import Clock


class MemoryTokens:
    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._values: dict[str, tuple[str, datetime]] = {}
        self._lock = RLock()

    def put(self, key: str, value: str, *, ttl_s: int) -> None:
        self._values[key] = (value, self._clock.now() + timedelta(seconds=ttl_s))

    def put_new(self, key: str, value: str, *, ttl_s: int) -> bool:
        with self._lock:
            if self.get(key) is not None:
                return False
            self.put(key, value, ttl_s=ttl_s)
            return True

    def get(self, key: str) -> str | None:
        value, expires_at = self._values.get(key, ("", self._clock.now()))
        return value if expires_at > self._clock.now() else None

    def swap(self, key: str, value: str, *, ttl_s: int) -> str | None:
        with self._lock:
            before = self.get(key)
            self.put(key, value, ttl_s=ttl_s)
            return before

    def take(self, key: str) -> str | None:
        with self._lock:
            value = self.get(key)
            self._values.pop(key, None)
            return value

    def drop(self, key: str) -> None:
        self._values.pop(key, None)

    def count(self, key: str, *, ttl_s: int) -> int:
        with self._lock:
            so_far = self.get(key)
            if so_far is None:
                self.put(key, "1", ttl_s=ttl_s)
                return 1
            total = int(so_far) + 1
            self._values[key] = (str(total), self._values[key][1])
            return total

    def count_apart(self, key: str, *, ttl_s: int, pause_s: int) -> int | None:
        with self._lock:
            if not self.put_new(f"{key}#pause", "1", ttl_s=pause_s):
                return None
            return self.count(key, ttl_s=ttl_s)
