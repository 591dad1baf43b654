"""Card photos: offered as a direct upload under a random key, counted only when drawn anew.

The browser posts to `incoming/…` under conditions of type and length. Completing reads the file
once, holds its first bytes against the announced type, decodes it and writes what it sees as a new
file to `cards/…`, where nobody outside can write: a photo that was accepted cannot be exchanged
afterwards, and nothing of the original but its pixels is kept. What is left in `incoming/` was
never completed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from pharmonico.fulfillment.documents import CardPhoto, Enrollment
from pharmonico.fulfillment.enrollment.enroll import open_enrollment
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import Invalid

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

Side = Literal["front", "back"]
MediaType = Literal["image/jpeg", "image/png", "image/webp"]

OFFER_TTL_S = 10 * 60
PIXELS_MAX = 50_000_000
"""More than phones take; a small file can claim to be far larger."""
SIDE_MAX = 2_000
"""Pixels of the longer side that are kept: enough to read a card."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Where and with which form fields the browser posts the file."""

    url: str
    fields: dict[str, str]
    expires_in_s: int
    bytes_max: int


@dataclass(frozen=True, slots=True)
class Posted:
    """An object as it arrived: its whole size, and its content up to what was asked for."""

    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photo drawn anew."""

    content: bytes
    media_type: str
    width: int
    height: int


class Photos(Protocol):
    """What decodes photos of strangers."""

    def redraw(self, content: bytes) -> Drawn:
        """The picture upright, at most `SIDE_MAX` wide or high, without anything beside it.

        Raises Invalid `upload.unreadable` or `upload.too_many_pixels`.
        """
        ...


class Cards(Protocol):
    """The bucket of card photos."""

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        """A signed form that takes one file of this type and at most this length."""
        ...

    def read(self, key: str, *, bytes_max: int) -> Posted | None:
        """The object, its content cut off after `bytes_max`; None when there is no such object."""
        ...

    def put(self, key: str, content: bytes, *, media_type: str) -> None: ...

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
    order_id: str,
    side: Side,
    *,
    bytes_max: int,
    orders: Orders,
    cards: Cards,
    photos: Photos,
    clock: Clock,
) -> tuple[Order, Enrollment]:
    """Check the posted file and let it count; completing twice changes nothing.

    Raises Invalid `upload.missing`, `upload.too_large`, `upload.wrong_type`, `upload.unreadable`
    or `upload.too_many_pixels`; a file that was refused is deleted.
    """
    order, enrollment = open_enrollment(order_id, orders=orders)
    upload = enrollment.uploads.get(side)
    if upload is None:
        if side in enrollment.cards:
            return order, enrollment
        raise _missing()
    posted = cards.read(upload.object_key, bytes_max=bytes_max)
    if posted is None:
        raise _missing()
    try:
        drawn = _drawn(posted, upload.media_type, bytes_max=bytes_max, photos=photos)
    except Invalid:
        cards.drop(upload.object_key)
        raise
    card = _kept(drawn, cards=cards, clock=clock)
    order, enrollment, leftovers = _count(order_id, side, upload, card, orders=orders)
    for key in leftovers:
        cards.drop(key)
    return order, enrollment


def _drawn(posted: Posted, media_type: str, *, bytes_max: int, photos: Photos) -> Drawn:
    if posted.size > bytes_max:
        raise Invalid("upload.too_large", f"A photo may have {bytes_max} bytes.")
    if media_type_of(posted.content) != media_type:
        raise Invalid("upload.wrong_type", "This file is not a photo of the announced type.")
    return photos.redraw(posted.content)


def _kept(drawn: Drawn, *, cards: Cards, clock: Clock) -> CardPhoto:
    key = f"cards/{secrets.token_hex(16)}"
    cards.put(key, drawn.content, media_type=drawn.media_type)
    return CardPhoto(
        object_key=key,
        media_type=drawn.media_type,
        size=len(drawn.content),
        width=drawn.width,
        height=drawn.height,
        checked_at=clock.now(),
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
    order_id: str, side: Side, upload: CardPhoto, card: CardPhoto, *, orders: Orders
) -> tuple[Order, Enrollment, tuple[str, ...]]:
    """The enrollment with its card, and the objects that nobody needs any more."""

    def attempt() -> tuple[Order, Enrollment, tuple[str, ...]]:
        order, enrollment = open_enrollment(order_id, orders=orders)
        if enrollment.uploads.get(side) != upload:
            return order, enrollment, (card.object_key,)
        replaced = enrollment.cards.get(side)
        uploads = {name: photo for name, photo in enrollment.uploads.items() if name != side}
        update = {"uploads": uploads, "cards": {**enrollment.cards, side: card}}
        saved = orders.put_document(order_id, enrollment.model_copy(update=update))
        leftovers = (upload, replaced) if replaced else (upload,)
        return order, saved, tuple(photo.object_key for photo in leftovers)

    return on_conflict(attempt)


def _missing() -> Invalid:
    return Invalid("upload.missing", "The photo has not arrived; upload it again.")
