"""Card photos in memory; `post` is what a browser would do with an offer."""

from __future__ import annotations

from pharmonico.fulfillment.enrollment.uploads import Offer, Posted


class MemoryCards:
    """`objects` holds what was stored, by key; `types` what was said to be its media type."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.types: dict[str, str] = {}

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        fields = {"key": key, "Content-Type": media_type}
        return Offer("memory://cards", fields, expires_in_s=ttl_s, bytes_max=bytes_max)

    def post(self, offer: Offer, content: bytes) -> None:
        self.objects[offer.fields["key"]] = content

    def read(self, key: str, *, bytes_max: int) -> Posted | None:
        content = self.objects.get(key)
        return None if content is None else Posted(len(content), content[:bytes_max])

    def put(self, key: str, content: bytes, *, media_type: str) -> None:
        self.objects[key] = content
        self.types[key] = media_type

    def drop(self, key: str) -> None:
        self.objects.pop(key, None)
