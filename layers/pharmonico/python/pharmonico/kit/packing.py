"""Records in fewer bytes: deflated against words that nearly every one of them is made of.

DynamoDB bills a write by the KB begun, and twice in a transaction. A prescription's own record is
written some twenty times; packed it fits into one KB together with its events, which halves its
writes. What was packed once has to be readable for ever: a dictionary never changes, a better one
gets a number of its own (`packing_words`).
"""

from __future__ import annotations

import base64
import re
import zlib

from pharmonico.kit.packing_words import DICTIONARIES

_RAW = -15  # deflate without a header: our own first byte says how to read it
_ZLIB_HEADER = 0x78

NEWEST = 2
_PLAIN = 1
"""Number of the dictionary whose texts are packed as they are."""

_BESIDE, _PLACE = "\x00", "\x01"
"""No JSON text has either sign in it."""
_BASE64 = re.compile(r'(?<=")[A-Za-z0-9+/]{64,}={0,2}(?=")')

_PACKED_TEXT = "~"
"""First character of a packed text; a JSON text never begins so."""


def pack(text: str) -> bytes:
    """The text deflated against the newest dictionary.

    Base64 hides from the packer what it is made of: messages that lie in a JSON text so are laid
    beside it as they are, and a message and the JSON form of it are packed nearly as one.
    """
    if _BESIDE in text or _PLACE in text:
        return _deflated(text, _PLAIN)
    beside: list[str] = []

    def laid(found: re.Match[str]) -> str:
        content = _text_in(found[0])
        if content is None:
            return found[0]
        beside.append(content)
        return _PLACE

    return _deflated(_BESIDE.join([_BASE64.sub(laid, text), *beside]), NEWEST)


def unpack(packed: bytes) -> str:
    """The text again; plain zlib is read as well."""
    if packed[0] == _ZLIB_HEADER:
        return zlib.decompress(packed).decode()
    unpacker = zlib.decompressobj(_RAW, DICTIONARIES[packed[0]])
    text = (unpacker.decompress(packed[1:]) + unpacker.flush()).decode()
    if packed[0] == _PLAIN:
        return text
    head, *beside = text.split(_BESIDE)
    contents = iter(beside)
    return re.sub(_PLACE, lambda _: base64.b64encode(next(contents).encode()).decode(), head)


def pack_text(text: str) -> str:
    """Packed and written in letters, where an attribute has to be a text."""
    return _PACKED_TEXT + base64.b85encode(pack(text)).decode()


def unpack_text(text: str) -> str:
    """What `pack_text` was given; any other text as it is."""
    if not text.startswith(_PACKED_TEXT):
        return text
    return unpack(base64.b85decode(text.removeprefix(_PACKED_TEXT)))


def _deflated(text: str, number: int) -> bytes:
    words = DICTIONARIES[number]
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, words)
    return bytes([number]) + packer.compress(text.encode()) + packer.flush()


def _text_in(encoded: str) -> str | None:
    """The text that stands in base64; None where it is no text, or would not come back alike."""
    try:
        content = base64.b64decode(encoded, validate=True)
        text = content.decode()
    except ValueError:
        return None
    is_alike = base64.b64encode(content).decode() == encoded
    return text if is_alike and _BESIDE not in text and _PLACE not in text else None
