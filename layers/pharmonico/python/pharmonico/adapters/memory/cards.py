"""Card photos in memory; `post` is what a browser would do with an offer."""

from __future__ import annotations

from pharmonico.fulfillment.enrollment.uploads import Glimpse, Offer


class MemoryCards:
    """`objects` holds what was stored, by key."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        fields = {"key": key, "Content-Type": media_type}
        return Offer("memory://cards", fields, expires_in_s=ttl_s, bytes_max=bytes_max)

    def post(self, offer: Offer, content: bytes) -> None:
        self.objects[offer.fields["key"]] = content

    def look(self, key: str, *, head_bytes: int) -> Glimpse | None:
        content = self.objects.get(key)
        if content is None:
            return None
        return Glimpse(size=len(content), head=content[:head_bytes])

    def keep(self, key: str, as_key: str) -> bool:
        if key not in self.objects:
            return False
        self.objects[as_key] = self.objects[key]
        return True

    def drop(self, key: str) -> None:
        self.objects.pop(key, None)
