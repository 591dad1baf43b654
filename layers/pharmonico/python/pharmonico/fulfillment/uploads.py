"""Card photos: offered as a direct upload under a random key, counted only after a check.

The browser posts to `incoming/…` under conditions of type and length; the check reads the first
bytes and copies what passes to `cards/…`, where nobody outside can write: a photo that was
accepted cannot be exchanged afterwards. What is left in `incoming/` was never completed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from pharmonico.fulfillment.documents import CardPhoto, Enrollment
from pharmonico.fulfillment.enrollment import open_enrollment
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Invalid

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

Side = Literal["front", "back"]
MediaType = Literal["image/jpeg", "image/png", "image/webp"]

OFFER_TTL_S = 10 * 60
HEAD_BYTES = 16


@dataclass(frozen=True, slots=True)
class Offer:
    """Where and with which form fields the browser posts the file."""

    url: str
    fields: dict[str, str]
    expires_in_s: int
    bytes_max: int


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is known of an object without reading it whole; `etag` names this very content."""

    size: int
    etag: str
    head: bytes


class Cards(Protocol):
    """The bucket of card photos."""

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        """A signed form that takes one file of this type and at most this length."""
        ...

    def look(self, key: str, *, head_bytes: int) -> Glimpse | None:
        """Size and first bytes, or None when there is no such object."""
        ...

    def keep(self, key: str, *, as_key: str, etag: str) -> bool:
        """Copy the object that was looked at; False when it was exchanged in between."""
        ...

    def drop(self, key: str) -> None: ...


def offer_upload(
    order_id: str,
    side: Side,
    media_type: MediaType,
    *,
    bytes_max: int,
    orders: Orders,
    cards: Cards,
) -> Offer:
    """A form for one side of the card; an earlier offer for that side no longer counts."""
    photo = CardPhoto(object_key=f"incoming/{secrets.token_hex(16)}", media_type=media_type)

    def attempt() -> None:
        _, enrollment = open_enrollment(order_id, orders=orders)
        uploads = {**enrollment.uploads, side: photo}
        orders.put_document(order_id, enrollment.model_copy(update={"uploads": uploads}))

    on_conflict(attempt)
    return cards.offer(
        photo.object_key, media_type=media_type, bytes_max=bytes_max, ttl_s=OFFER_TTL_S
    )


def complete_upload(
    order_id: str, side: Side, *, bytes_max: int, orders: Orders, cards: Cards, clock: Clock
) -> Enrollment:
    """Check the posted file and let it count; completing twice changes nothing.

    Raises Invalid `upload.missing`, `upload.too_large` or `upload.wrong_type`; a file that was
    refused is deleted.
    """
    _, enrollment = open_enrollment(order_id, orders=orders)
    upload = enrollment.uploads.get(side)
    if upload is None:
        if side in enrollment.cards:
            return enrollment
        raise _missing()
    checked = _checked(upload, bytes_max=bytes_max, cards=cards, clock=clock)
    replaced = enrollment.cards.get(side)
    enrollment = _count(order_id, side, upload, checked, orders=orders)
    cards.drop(upload.object_key)
    if replaced is not None and replaced.object_key != checked.object_key:
        cards.drop(replaced.object_key)
    return enrollment


def _checked(upload: CardPhoto, *, bytes_max: int, cards: Cards, clock: Clock) -> CardPhoto:
    """The photo under its final key, once its size and first bytes are what was promised."""
    seen = cards.look(upload.object_key, head_bytes=HEAD_BYTES)
    if seen is None:
        raise _missing()
    if seen.size > bytes_max:
        cards.drop(upload.object_key)
        raise Invalid("upload.too_large", f"A photo may have {bytes_max} bytes.")
    if media_type_of(seen.head) != upload.media_type:
        cards.drop(upload.object_key)
        raise Invalid("upload.wrong_type", "This file is not a JPEG, PNG or WebP photo.")
    key = upload.object_key.replace("incoming/", "cards/", 1)
    if not cards.keep(upload.object_key, as_key=key, etag=seen.etag):
        raise _missing()
    return CardPhoto(
        object_key=key, media_type=upload.media_type, size=seen.size, checked_at=clock.now()
    )


def media_type_of(head: bytes) -> str | None:
    """The type that the first bytes tell, whatever the browser claimed."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def _count(
    order_id: str, side: Side, upload: CardPhoto, checked: CardPhoto, *, orders: Orders
) -> Enrollment:
    def attempt() -> Enrollment:
        _, enrollment = open_enrollment(order_id, orders=orders)
        uploads = {name: photo for name, photo in enrollment.uploads.items() if photo != upload}
        cards = {**enrollment.cards, side: checked}
        update = {"uploads": uploads, "cards": cards}
        return orders.put_document(order_id, enrollment.model_copy(update=update))

    return on_conflict(attempt)


def _missing() -> Invalid:
    return Invalid("upload.missing", "The photo has not arrived; upload it again.")
