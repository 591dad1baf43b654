"""What a message says beyond its model, as part of its JSON form.

`extensions` lists it in the order of the document: an element or remark to insert (`path` of the
parent, `at` its place among the children, `xml`), an attribute (`path` ending in `/@name`,
`value`), or an element that has to be taken whole (`path`, `xml`). `prefixes` and `indent` are
there where the sender used some. What is told here was tried: it gives the same tree again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ncpdp import markup
from ncpdp.script.assembling import assembled
from ncpdp.script.dialects import to_model_shape
from ncpdp.script.envelope import localise, unwrap
from ncpdp.script.model.version import Version
from ncpdp.script.rendering import built, model_tree, write_script
from ncpdp.script.trees import bare, cut_out, same_tree, steps
from ncpdp.script.whole import indent_of, whole_tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ncpdp.script.assembling import Extension
    from ncpdp.script.model.message import ScriptMessage
    from ncpdp.script.serialise import Prefixes

PIECES_MAX = 1000
PREFIXES_MAX = 50
_BETWEEN = re.compile(r">\s+<")
_ALONE = re.compile(r"<(?:[\w.-]+:)?Message\b.*Message\s*>", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>\s*")


class _Whole(Exception):
    """The part cannot be told piece by piece."""


class _Document(Exception):
    """Nor can the message."""


def remainder_of(message: ScriptMessage, *, layout: bool = True) -> dict[str, Any]:
    """The keys of the JSON form that carry what the model does not; without `layout` none are
    there for the sake of blanks between elements."""
    source = message.source
    if source is None:
        return {}
    unchanged = message.is_unchanged
    if message.version is Version.V10_6:
        text = markup.decode(source.data)
        return {"extensions": [_document(text)]} if unchanged else {}
    text = markup.decode(source.data if unchanged else write_script(message))
    text = _DECLARATION.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1).strip()
    indent = indent_of(text) if layout else None
    form: dict[str, Any] = {"indent": indent} if indent else {}
    close = _BETWEEN.sub("><", text)
    even = not layout or (is_even(text, indent) if indent else text == close)
    if even and close == _built(message):
        return form
    try:
        return form | _told(message, text, (indent, layout))
    except (_Whole, _Document):
        return {"extensions": [_document(text)]}


def _built(message: ScriptMessage) -> str:
    return _DECLARATION.sub("", built(message).decode(), count=1).strip()


def _document(text: str) -> Extension:
    return {"path": "Message", "xml": _DECLARATION.sub("", text, count=1).strip()}


def is_even(text: str, indent: str) -> bool:
    """True when each element starts a line of its own, as far in as it is deep.

    For a text in which no `<` and `>` stand but those of its tags.
    """
    pads, depth = [indent * depth for depth in range(markup.DEPTH_MAX + 2)], 0
    for line in text.split("\n"):
        inner = line.lstrip(" \t")
        closes = inner[:2] == "</"
        depth -= closes
        if line != pads[depth] + inner or line[-1:] != ">":
            return False
        tags = inner.count("<")
        if tags == 1:
            depth += not closes and inner[-2:] != "/>"
        elif tags != 2 or closes or "></" in inner or "</" not in inner:  # noqa: PLR2004 - its two tags
            return False
    return True


def _told(message: ScriptMessage, text: str, looks: tuple[str | None, bool]) -> dict[str, Any]:
    """The pieces, and the prefixes; raises where putting them together would not give it again."""
    indent, layout = looks
    if not _ALONE.fullmatch(text):
        raise _Document
    wanted, prefixes = whole_tree(text)
    if prefixes.clash or len(prefixes.elements) > PREFIXES_MAX:
        raise _Document
    root = unwrap(whole_tree(text)[0])
    localise(root)
    to_model_shape(root, message.version)
    pieces: list[Extension] = []
    _compare(root, model_tree(message), "Message", (pieces, prefixes))
    given = {prefix: uri for uri, prefix in prefixes.elements.items() if prefix}
    again = assembled(message, pieces, {uri: prefix for prefix, uri in given.items()}, indent)
    same = same_tree(whole_tree(again.decode())[0], wanted, blanks=layout)
    if not same:
        raise _Document
    told: dict[str, Any] = {"prefixes": given, "extensions": pieces}
    return {key: value for key, value in told.items() if value}


def _compare(
    said: Element, mine: Element, path: str, out: tuple[list[Extension], Prefixes]
) -> None:
    """Add to the list what stands in one element and not in the other."""
    found, prefixes = out
    if bare(said.text) != bare(mine.text):
        raise _Whole
    if path != "Message":
        _attributes(said, mine, path, found)
    pairs: list[tuple[Element, Element, str]] = []
    rest = list(mine)
    for at, (child, inner) in enumerate(steps(said, path)):
        if bare(child.tail):
            raise _Whole
        if rest and child.tag == rest[0].tag:
            pairs.append((child, rest.pop(0), inner))
        elif len(found) < PIECES_MAX:
            found.append({"path": path, "at": at, "xml": cut_out(child, prefixes)})
        else:
            raise _Document
    if rest:
        raise _Whole
    for theirs, ours, inner in pairs:
        _compare_or_take(theirs, ours, inner, out)


def _compare_or_take(
    said: Element, mine: Element, path: str, out: tuple[list[Extension], Prefixes]
) -> None:
    found, prefixes = out
    before = len(found)
    try:
        _compare(said, mine, path, out)
    except _Whole:
        del found[before:]
        found.append({"path": path, "xml": cut_out(said, prefixes)})


def _attributes(said: Element, mine: Element, path: str, found: list[Extension]) -> None:
    if not mine.attrib.items() <= said.attrib.items():
        raise _Whole
    for name, value in said.attrib.items():
        if name not in mine.attrib:
            if len(found) >= PIECES_MAX:
                raise _Document
            found.append({"path": f"{path}/@{name}", "value": value})
