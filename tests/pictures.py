"""Small pictures of every kind, made for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

RED, GREEN = (200, 30, 30), (30, 200, 30)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 40), **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is green."""
    image = Image.new("RGB", size, GREEN)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return encoded(image, kind, **options)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format=kind, **options)
    return out.getvalue()


def seen(content: bytes) -> Image.Image:
    """What a viewer would show."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
