"""Card photos: offered as a direct upload under a random key, counted only after a check.

The browser posts to `incoming/…` under conditions of type and length; completing copies the file
to `cards/…`, where nobody outside can write, and reads the first bytes of the copy: a photo that
was accepted cannot be exchanged afterwards. What is left in `incoming/` was never completed.
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
    """What is known of an object without reading it whole."""

    size: int
    head: bytes


class Cards(Protocol):
    """The bucket of card photos."""

    def offer(self, key: str, *, media_type: str, bytes_max: int, ttl_s: int) -> Offer:
        """A signed form that takes one file of this type and at most this length."""
        ...

    def look(self, key: str, *, head_bytes: int) -> Glimpse | None:
        """Size and first bytes, or None when there is no such object."""
        ...

    def keep(self, key: str, as_key: str) -> bool:
        """Copy the object to a key of ours; False when there is no such object."""
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
    card = _checked(upload, bytes_max=bytes_max, cards=cards, clock=clock)
    enrollment, leftovers = _count(order_id, side, upload, card, orders=orders)
    for key in leftovers:
        cards.drop(key)
    return enrollment


def _checked(upload: CardPhoto, *, bytes_max: int, cards: Cards, clock: Clock) -> CardPhoto:
    """The photo under its final key. The copy is what is checked: the original may change."""
    key = f"cards/{secrets.token_hex(16)}"
    seen = cards.look(key, head_bytes=HEAD_BYTES) if cards.keep(upload.object_key, key) else None
    if seen is None:
        raise _missing()
    refusal = _refusal(seen, upload.media_type, bytes_max)
    if refusal is not None:
        cards.drop(key)
        cards.drop(upload.object_key)
        raise refusal
    return CardPhoto(
        object_key=key, media_type=upload.media_type, size=seen.size, checked_at=clock.now()
    )


def _refusal(seen: Glimpse, media_type: str, bytes_max: int) -> Invalid | None:
    if seen.size > bytes_max:
        return Invalid("upload.too_large", f"A photo may have {bytes_max} bytes.")
    if media_type_of(seen.head) != media_type:
        return Invalid("upload.wrong_type", "This file is not a photo of the announced type.")
    return None


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
) -> tuple[Enrollment, tuple[str, ...]]:
    """The enrollment with its card, and the objects that nobody needs any more."""

    def attempt() -> tuple[Enrollment, tuple[str, ...]]:
        _, enrollment = open_enrollment(order_id, orders=orders)
        if enrollment.uploads.get(side) != upload:
            return enrollment, (card.object_key,)
        replaced = enrollment.cards.get(side)
        uploads = {name: photo for name, photo in enrollment.uploads.items() if name != side}
        update = {"uploads": uploads, "cards": {**enrollment.cards, side: card}}
        saved = orders.put_document(order_id, enrollment.model_copy(update=update))
        leftovers = (upload, replaced) if replaced else (upload,)
        return saved, tuple(photo.object_key for photo in leftovers)

    return on_conflict(attempt)


def _missing() -> Invalid:
    return Invalid("upload.missing", "The photo has not arrived; upload it again.")
