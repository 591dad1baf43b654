"""Characters that a message cannot carry, whatever its form."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these, escaped or not.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])


def fits_xml(text: str) -> bool:
    """True when XML can carry the text; plain ASCII, which is most of it, is looked at quickly."""
    if text.isascii():
        data = text.encode()
        return len(data.translate(None, _CONTROLS)) == len(data)
    return NOT_XML.search(text) is None
