"""A document with everything in it: remarks, processing instructions, and the prefixes used."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

_DECLARED = re.compile(r"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")


def whole_tree(text: str) -> tuple[ET.Element, dict[str, str]]:
    """The root, and the prefix of every namespace ("" is the default one)."""
    builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
    parser = ET.XMLParser(target=builder)  # noqa: S314 - the text passed the safe reader before
    parser.feed(text)
    root: ET.Element = parser.close()
    return root, prefixes_of(text)


def prefixes_of(text: str) -> dict[str, str]:
    """Namespace to prefix, as the document declares them; the default one wins."""
    prefixes: dict[str, str] = {}
    for match in _DECLARED.finditer(text) if "xmlns" in text else ():
        uri = unescape(match[2] or match[3] or "")
        if uri and prefixes.get(uri) != "":
            prefixes[uri] = match[1] or ""
    return prefixes
