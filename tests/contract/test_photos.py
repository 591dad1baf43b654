"""What a drawn photo is, and what is not drawn at all."""

from __future__ import annotations

import struct
import zlib

import pytest
from pharmonico.adapters.photos import PillowPhotos
from pharmonico.kit.errors import Invalid
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.pictures import GREEN, RED, encoded, picture, seen

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6
"""The camera was held so that the picture has to be turned by a quarter."""
NEAR = 12


def drawn(content: bytes, **limits: int) -> Image.Image:
    return seen(PillowPhotos(**limits).redraw(content).content)


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(Invalid) as invalid:
        PillowPhotos(**limits).redraw(content)
    return invalid.value.code


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(have - want) <= NEAR for have, want in zip(pixel, colour, strict=True))


def a_png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says its size and holds whatever it likes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_picture_stays_the_same(kind: str) -> None:
    photo = drawn(picture(kind))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (64, 40))
    assert is_near(photo.getpixel((8, 20)), RED)
    assert is_near(photo.getpixel((56, 20)), GREEN)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_wrote_beside_it_is_dropped(kind: str) -> None:
    exif = Image.Exif()
    exif[MAKE] = "a secret phone"
    exif.get_ifd(GPS)[1] = "N"
    content = picture(kind, exif=exif)
    assert b"a secret phone" in content
    redrawn = PillowPhotos().redraw(content).content
    assert b"a secret phone" not in redrawn
    assert dict(seen(redrawn).getexif()) == {}


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    photo = drawn(picture(exif=exif))
    assert photo.size == (40, 64)
    assert is_near(photo.getpixel((20, 8)), RED)
    assert is_near(photo.getpixel((20, 56)), GREEN)


def test_comments_and_what_hides_behind_the_end_are_dropped() -> None:
    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>", zip=False)
    for content in (
        picture("PNG", pnginfo=notes),
        picture("JPEG", comment=b"<script>alert(1)</script>"),
        picture("JPEG") + b"PK\x03\x04<script>alert(1)</script>",
    ):
        assert b"<script>" in content
        assert b"<script>" not in PillowPhotos().redraw(content).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_drawn(mode: str) -> None:
    image = Image.new("I;16", (8, 8), 40_000) if mode == "I;16" else Image.new(mode, (8, 8))
    assert drawn(encoded(image, "JPEG" if mode == "CMYK" else "PNG")).mode == "RGB"


def test_what_was_clear_becomes_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert is_near(drawn(encoded(clear, "PNG")).getpixel((4, 4)), (255, 255, 255))


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (3_000, 1_500)), ("PNG", (1_500, 3_000))])
def test_a_large_photo_is_kept_smaller(kind: str, size: tuple[int, int]) -> None:
    photo = drawn(picture(kind, size), side_max=500)
    assert sorted(photo.size) == [250, 500]
    assert (photo.width > photo.height) == (size[0] > size[1])


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, GREEN)]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert is_near(drawn(moving).getpixel((4, 4)), RED)


def test_a_photo_of_exactly_the_limit_is_drawn_and_one_row_more_is_not() -> None:
    assert drawn(picture("PNG", (100, 100)), pixels_max=10_000).size == (100, 100)
    assert refusal(picture("PNG", (100, 101)), pixels_max=10_000) == "upload.too_many_pixels"


@pytest.mark.parametrize(
    ("width", "height"), [(50_001, 1_000), (60_000, 60_000), (2_147_483_647, 2_147_483_647)]
)
def test_a_bomb_is_refused_by_what_it_claims_and_never_decoded(
    width: int, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: Image.Image) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)
    assert refusal(a_png(width, height, b"\0" * 1_000)) == "upload.too_many_pixels"


def test_more_data_than_pixels_does_no_harm() -> None:
    lying = a_png(4, 4, b"\0" * 50_000_000)
    assert len(lying) < 100_000
    assert drawn(lying).size == (4, 4)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_cut_is_refused_or_drawn_and_nothing_else_happens(kind: str) -> None:
    content = picture(kind, (16, 16))
    for length in range(len(content)):
        try:
            PillowPhotos().redraw(content[:length])
        except Invalid as invalid:
            assert invalid.code in {"upload.unreadable", "upload.too_many_pixels"}  # noqa: PT017 - some cuts still draw


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_changed_byte_is_refused_or_drawn_and_nothing_else_happens(kind: str) -> None:
    content = picture(kind, (16, 16))
    for place in range(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            PillowPhotos().redraw(bytes(damaged))
        except Invalid as invalid:
            assert invalid.code in {"upload.unreadable", "upload.too_many_pixels"}  # noqa: PT017 - some still draw


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 40,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        encoded(Image.new("RGB", (8, 8)), "GIF"),
        encoded(Image.new("RGB", (8, 8)), "TIFF"),
        encoded(Image.new("RGB", (8, 8)), "BMP"),
    ],
)
def test_other_formats_are_not_even_looked_into(content: bytes) -> None:
    assert refusal(content) == "upload.unreadable"
