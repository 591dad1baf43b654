"""A drawn insurance card to photograph: synthetic, and marked so."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from local.demo.patient import INSURANCE

SIZE = (1712, 1080)  # the shape of a bank card
GROUND, BAND, INK = (244, 248, 252), (20, 102, 96), (27, 36, 34)
LINES = (
    ("RxBIN", INSURANCE["bin"]),
    ("RxPCN", INSURANCE["pcn"]),
    ("RxGrp", INSURANCE["group"]),
    ("Member ID", INSURANCE["member_id"]),
)


def card_photo() -> bytes:
    """A JPEG of the front of the demo patient's card."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 240), fill=BAND)
    draw.text((80, 80), "Example Health Plan", font=_font(96), fill=GROUND)
    for place, (name, value) in enumerate(LINES):
        at = 320 + place * 150
        draw.text((80, at), name, font=_font(64), fill=INK)
        draw.text((560, at), value, font=_font(80), fill=INK)
    draw.text((80, 960), "SYNTHETIC: not a real card", font=_font(56), fill=BAND)
    out = BytesIO()
    image.save(out, format="JPEG", quality=90)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
