"""Signed records in memory."""

from __future__ import annotations


class MemoryRecords:
    """`objects` holds what was stored, by key."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, key: str, pdf: bytes) -> None:
        self.objects[key] = pdf

    def link(self, key: str, *, file_name: str, ttl_s: int) -> str:
        return f"memory://{key}?as={file_name}&for={ttl_s}"

    def drop(self, key: str) -> None:
        self.objects.pop(key, None)
