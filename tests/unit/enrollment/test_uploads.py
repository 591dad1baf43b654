"""Card photos count only after a check."""

import pytest
from pharmonico.adapters.photos import PillowPhotos
from pharmonico.fulfillment.enrollment.uploads import (
    MediaType,
    Offer,
    complete_upload,
    offer_upload,
)
from pharmonico.kit.errors import Invalid

from tests.enrolling import RX, World
from tests.pictures import picture, seen

JPEG, PNG, WEBP = (picture(kind) for kind in ("JPEG", "PNG", "WEBP"))
BYTES_MAX = 1_000


def entered() -> World:
    world = World().validated()
    world.enter()
    return world


def offer(world: World, media_type: MediaType = "image/jpeg") -> Offer:
    return offer_upload(
        RX, "front", media_type, bytes_max=BYTES_MAX, orders=world.orders, cards=world.cards
    )


def complete(world: World) -> None:
    complete_upload(
        RX,
        "front",
        bytes_max=BYTES_MAX,
        orders=world.orders,
        cards=world.cards,
        photos=PillowPhotos(),
        clock=world.clock,
    )


def refusal(world: World) -> str:
    with pytest.raises(Invalid) as invalid:
        complete(world)
    assert world.enrollment.cards == {}
    return invalid.value.code


@pytest.mark.parametrize(
    ("media_type", "content"), [("image/jpeg", JPEG), ("image/png", PNG), ("image/webp", WEBP)]
)
def test_a_photo_counts_once_it_was_drawn_anew(media_type: MediaType, content: bytes) -> None:
    world = entered()
    world.cards.post(offer(world, media_type), content)
    complete(world)
    photo = world.enrollment.cards["front"]
    kept = world.cards.objects[photo.object_key]
    assert (photo.media_type, photo.size) == ("image/jpeg", len(kept))
    assert (photo.width, photo.height) == (64, 40)
    assert list(world.cards.objects) == [photo.object_key]
    assert kept != content


def test_completing_twice_changes_nothing() -> None:
    world = entered()
    world.cards.post(offer(world), JPEG)
    complete(world)
    before = world.enrollment
    complete(world)
    assert world.enrollment == before


def test_what_is_no_photo_is_refused_and_deleted() -> None:
    world = entered()
    world.cards.post(offer(world), b"%PDF-1.7 not a photo")
    assert refusal(world) == "upload.wrong_type"
    assert world.cards.objects == {}


def test_a_photo_that_cannot_be_drawn_is_refused_and_deleted() -> None:
    world = entered()
    world.cards.post(offer(world), JPEG[: len(JPEG) // 2])
    assert refusal(world) == "upload.unreadable"
    assert world.cards.objects == {}


def test_a_png_that_claims_to_be_a_jpeg_is_refused() -> None:
    world = entered()
    world.cards.post(offer(world, "image/jpeg"), PNG)
    assert refusal(world) == "upload.wrong_type"


def test_a_photo_that_is_too_large_is_refused_and_deleted() -> None:
    world = entered()
    world.cards.post(offer(world), JPEG + b"\0" * BYTES_MAX)
    assert refusal(world) == "upload.too_large"
    assert world.cards.objects == {}


def test_a_photo_that_never_arrived_is_missed() -> None:
    world = entered()
    offer(world)
    assert refusal(world) == "upload.missing"


def test_nothing_can_be_completed_that_was_not_offered() -> None:
    assert refusal(entered()) == "upload.missing"


def test_the_form_cannot_exchange_a_photo_that_was_accepted() -> None:
    world = entered()
    form = offer(world)
    world.cards.post(form, JPEG)
    complete(world)
    accepted = world.enrollment.cards["front"]
    before = world.cards.objects[accepted.object_key]
    world.cards.post(form, PNG)
    complete(world)
    assert world.enrollment.cards["front"] == accepted
    assert world.cards.objects[accepted.object_key] == before


def test_a_better_photo_replaces_the_first_one() -> None:
    world = entered()
    for content in (JPEG, picture(size=(80, 50))):
        world.cards.post(offer(world), content)
        complete(world)
    (kept,) = world.cards.objects.values()
    assert seen(kept).size == (80, 50)


def test_keys_tell_nothing_about_the_patient() -> None:
    world = entered()
    key = offer(world).fields["key"]
    assert key.startswith("incoming/")
    assert RX not in key
