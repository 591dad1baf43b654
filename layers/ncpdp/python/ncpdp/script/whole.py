"""A document with everything in it: remarks, processing instructions, and the prefixes used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from ncpdp.script.serialise import Prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMARKS = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_PREFIX = re.compile(r"<([^\s<>/:]+):")
_INDENT = re.compile(r"<(?:[\w.-]+:)?Message\b[^>]*>\r?\n([ \t]{1,8})<")
_ENDED = re.compile(r"</[^<>]*>\s*\Z")


class _Listening:
    """The builder's own handlers, and one more that hears of namespaces."""

    def __init__(self, builder: ET.TreeBuilder) -> None:
        self.start, self.end, self.data = builder.start, builder.end, builder.data
        self.comment, self.pi, self.close = builder.comment, builder.pi, builder.close
        self.declared: list[tuple[str, str]] = []

    def start_ns(self, prefix: str | None, uri: str | None) -> None:
        self.declared.append((prefix or "", uri or ""))


def whole_tree(text: str) -> tuple[ET.Element, Prefixes]:
    """The root, and the prefix of every namespace."""
    builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
    target = _Listening(builder)
    # Only who asks for namespaces pays for hearing of them.
    asked = target if "xmlns" in text else builder
    parser = ET.XMLParser(target=asked)  # noqa: S314 - the text passed the safe reader before
    parser.feed(text)
    root: ET.Element = parser.close()
    return root, _prefixes(target.declared, root, text)


def used_in(root: ET.Element, prefixes: Prefixes) -> Prefixes:
    """Only the prefixes that names below the element have, or that its attributes speak of."""
    names = {name for element in root.iter() for name in (element.tag, *element.attrib)}
    uris = {name[1:].partition("}")[0] for name in names if isinstance(name, str)}
    spoken = {
        value.partition(":")[0] for element in root.iter() for value in element.attrib.values()
    }
    elements, attributes = (
        {uri: prefix for uri, prefix in known.items() if uri in uris or prefix in spoken}
        for known in (prefixes.elements, prefixes.attributes)
    )
    return Prefixes(elements, attributes, prefixes.clash)


def _prefixes(declared: Iterable[tuple[str, str]], root: ET.Element, text: str) -> Prefixes:
    """The default namespace has no prefix, whatever else it is called; but as the root does it."""
    elements: dict[str, str] = {}
    attributes: dict[str, str] = {}
    pairs = {(prefix, uri) for prefix, uri in declared}
    for prefix, uri in declared:
        if uri and (not prefix or uri not in elements):
            elements[uri] = prefix
        if prefix:
            attributes.setdefault(uri, prefix)
    if root.tag.startswith("{"):
        own = _PREFIX.match(text, len(prolog(text)))
        elements[root.tag[1:].partition("}")[0]] = own[1] if own else ""
    twice = len({prefix for prefix, _ in pairs}) < len(pairs)
    return Prefixes(elements, attributes, twice or len({uri for _, uri in pairs}) < len(pairs))


def indent_of(text: str) -> str | None:
    """How far in the first element below the root stands, if it has a line of its own."""
    found = _INDENT.search(text)
    return found[1] if found else None


def prolog(text: str) -> str:
    """Everything before the root: the declaration, remarks, instructions and blanks."""
    before = _REMARKS.match(text)
    return before[0] if before else ""


def around(text: str) -> tuple[str, str]:
    """The remarks before the root and behind it, without the XML declaration."""
    before = _DECLARATION.sub("", prolog(text), count=1).strip()
    return before, "" if _ENDED.search(text) else _epilog(text)


def _epilog(text: str) -> str:
    data = text.encode()
    parser = expat.ParserCreate("utf-8")
    ends: list[int] = []
    parser.EndElementHandler = lambda _: ends.append(parser.CurrentByteIndex)
    parser.Parse(data, True)
    return data[data.index(b">", ends[-1]) + 1 :].decode().strip()
