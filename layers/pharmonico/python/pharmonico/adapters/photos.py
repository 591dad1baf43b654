"""Photos drawn anew by Pillow: nothing but pixels comes through.

What a file carries beside its picture (place, device, thumbnails, comments, whatever hides behind
its end) is left behind, and so is what a decoder elsewhere might stumble over.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from pharmonico.fulfillment.enrollment.uploads import PIXELS_MAX, SIDE_MAX, Drawn
from pharmonico.kit.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
WHITE = (255, 255, 255)


class PillowPhotos:
    """`pixels_max` is refused by the header alone, before any pixel is decoded."""

    def __init__(self, *, pixels_max: int = PIXELS_MAX, side_max: int = SIDE_MAX) -> None:
        self._pixels_max = pixels_max
        self._side_max = side_max

    def redraw(self, content: bytes) -> Drawn:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                return self._redraw(content)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise self._too_many() from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, OverflowError):
            # What Pillow raises over files that are cut off, damaged or made to do harm.
            raise Invalid("upload.unreadable", "This photo cannot be opened.") from None

    def _redraw(self, content: bytes) -> Drawn:
        with Image.open(BytesIO(content), formats=FORMATS) as photo:
            if photo.width * photo.height > self._pixels_max:
                raise self._too_many()
            photo.draft("RGB", (self._side_max, self._side_max))  # a JPEG decodes smaller at once
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((self._side_max, self._side_max))
            plain = _flat(upright)
        out = BytesIO()
        plain.save(out, format="JPEG", quality=QUALITY)
        return Drawn(out.getvalue(), "image/jpeg", width=plain.width, height=plain.height)

    def _too_many(self) -> Invalid:
        return Invalid(
            "upload.too_many_pixels",
            f"A photo may have {self._pixels_max // 1_000_000} million pixels.",
        )


def _flat(photo: Image.Image) -> Image.Image:
    """A copy in three colours that knows nothing of the original; what was clear becomes white."""
    flat = Image.new("RGB", photo.size, WHITE)
    if photo.has_transparency_data:
        clear = photo.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
    else:
        flat.paste(photo.convert("RGB"))
    return flat
