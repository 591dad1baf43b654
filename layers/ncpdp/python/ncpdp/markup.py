"""Bytes to an element tree, with everything refused that could hurt a reader."""

from __future__ import annotations

import codecs
import re
from xml.etree import ElementTree as ET

from ncpdp.errors import Forbidden, NotReadable, TooLarge

BYTES_MAX = 1024 * 1024
DEPTH_MAX = 32
ELEMENTS_MAX = 20_000
TEXT_MAX = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16: its mark starts with the UTF-16 one
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One codec per name on purpose: a document may not talk the reader into UTF-7 or the like.
# ASCII bytes that declare UTF-16 come from writers that printed a string; they are read as UTF-8.
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "iso_8859-1": "latin-1",
    "latin-1": "latin-1",
    "latin1": "latin-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")

_START = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00 \t\r\n]*+<")


def looks_like_xml(data: bytes) -> bool:
    """True when the first thing after a byte order mark and blanks is `<`, in UTF-8 or UTF-16."""
    return _START.match(data) is not None


def decode(data: bytes) -> str:
    """The text of a document, by its byte order mark, its null bytes or its declaration."""
    if len(data) > BYTES_MAX:
        raise TooLarge(
            f"The message is larger than {BYTES_MAX} bytes.", code="xml.too_large", path=""
        )
    name, skip = _encoding(data)
    try:
        return data[skip:].decode(name)
    except UnicodeDecodeError as error:
        raise NotReadable(
            f"Byte {error.start + skip} does not fit the encoding {name}.", code="xml.encoding"
        ) from error


def _encoding(data: bytes) -> tuple[str, int]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            if not name:
                break
            return name, len(mark)
    if data.startswith((b"<\0", b"\0<")) and data[2:4] != b"\0\0":
        return ("utf-16-le" if data[:1] == b"<" else "utf-16-be"), 0
    declared = _DECLARATION.match(data.lstrip()[:300])
    name = _DECLARED.get(declared[1].decode().lower(), "") if declared else "utf-8"
    if not name or data.startswith(codecs.BOM_UTF32_LE):
        raise NotReadable(
            "The encoding is none of UTF-8, UTF-16, ISO-8859-1, Windows-1252 and ASCII.",
            code="xml.encoding",
        )
    return name, 0


def tree(text: str) -> ET.Element:
    """The root element; raises for a DOCTYPE or entity, bad XML and every limit.

    A null character is refused here: expat takes it as a sign of UTF-16, whatever it was told,
    and would read a document, DOCTYPE and all, that this text does not show.
    """
    if "\0" in text:
        raise not_well_formed(_at(text, text.index("\0")))
    refuse_doctype(text)
    try:
        root = ET.fromstring(text)  # noqa: S314 - no DOCTYPE can reach it, and sizes are bounded
    except ET.ParseError as error:
        raise not_well_formed(error.position) from error
    except ValueError as error:  # half a surrogate pair, which the parser cannot be handed
        raise not_well_formed(_at(text, getattr(error, "start", 0))) from error
    _bound(root, len(text))
    return root


def refuse_doctype(text: str) -> None:
    """Raise for a document type or entity declaration, wherever it stands in the text."""
    if "!" not in text:  # found much faster than a word, and most messages have none
        return
    if "<!DOCTYPE" in text:
        raise Forbidden("A document type declaration is not allowed.", code="xml.doctype")
    if "<!ENTITY" in text:
        raise Forbidden("An entity declaration is not allowed.", code="xml.doctype")


def not_well_formed(position: tuple[int, int]) -> NotReadable:
    """The error with line and column (the parser counts columns from 0), but without a quote."""
    words = f"The XML is not well-formed (line {position[0]}, column {position[1] + 1})."
    return NotReadable(words, code="xml.not_well_formed")


def _at(text: str, place: int) -> tuple[int, int]:
    before = text[:place]
    return before.count("\n") + 1, place - (before.rfind("\n") + 1)


def _bound(root: ET.Element, size: int) -> None:
    """Raise for what is too deep, too many or too long, in a document of so many characters.

    A text too short to hold too many elements, or a text too long, is not searched for them.
    """
    depth, parents = 1, [root] if len(root) else []
    while parents:
        depth += 1
        if depth > DEPTH_MAX:
            raise TooLarge(f"Elements are nested deeper than {DEPTH_MAX}.", code="xml.too_deep")
        parents = [child for parent in parents for child in parent[:] if len(child)]
    if size > ELEMENTS_MAX * len("<a/>") and sum(1 for _ in root.iter()) > ELEMENTS_MAX:
        raise TooLarge(f"There are more than {ELEMENTS_MAX} elements.", code="xml.too_large")
    if size > TEXT_MAX and any(
        len(text) > TEXT_MAX
        for element in root.iter()
        for text in (element.text or "", element.tail or "", *element.attrib.values())
    ):
        raise TooLarge(f"A text is longer than {TEXT_MAX} characters.", code="xml.too_large")
