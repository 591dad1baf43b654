"""Trees compared, cut out and put back: what the JSON form needs to lose nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ncpdp.errors import TooLarge
from ncpdp.markup import DEPTH_MAX
from ncpdp.script.serialise import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.script.serialise import Prefixes

_STEP = re.compile(r"([^\[\]]+)(?:\[([1-9][0-9]{0,4})\])?")


def same_tree(one: Element, other: Element, *, blanks: bool) -> bool:
    """True when both say the same: names, attributes, texts, remarks and, if asked, `blanks`."""
    if one.tag != other.tag or one.attrib != other.attrib or len(one) != len(other):
        return False
    said = (lambda text: text or "") if blanks else bare
    if said(one.text) != said(other.text):
        return False
    return all(
        said(mine.tail) == said(theirs.tail) and same_tree(mine, theirs, blanks=blanks)
        for mine, theirs in zip(one, other, strict=True)
    )


def refuse_depth(root: Element) -> None:
    """Raise TooLarge for a tree that no reader would take."""
    level, depth = [root], 1
    while level := [child for element in level for child in element if len(child)]:
        depth += 1
        if depth >= DEPTH_MAX:
            words = f"Elements are nested deeper than {DEPTH_MAX}."
            raise TooLarge(words, code="xml.too_deep")


def bare(text: str | None) -> str:
    return (text or "").strip()


def cut_out(element: Element, prefixes: Prefixes) -> str:
    """The element as a document of its own, without blanks between its elements."""
    copy = _copied(element)
    copy.tail = None
    return serialise(copy, prefixes)


def _copied(element: Element) -> Element:
    copy = Element(element.tag, dict(element.attrib))
    copy.text = element.text if bare(element.text) else None
    for child in element:
        inner = _copied(child)
        inner.tail = child.tail if bare(child.tail) else None
        copy.append(inner)
    return copy


def steps(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Each child with its path: the first of a name plain, the others counted from 2."""
    counts: dict[str, int] = {}
    for child in element:
        tag = str(child.tag)
        count = counts[tag] = counts.get(tag, 0) + 1
        yield child, f"{path}/{tag}" if count == 1 else f"{path}/{tag}[{count}]"


def at_path(root: Element, path: str) -> Element | None:
    """The element a path from the root leads to; the root itself is `Message`."""
    first, _, rest = path.partition("/")
    found: Element | None = root if first == "Message" else None
    for step in rest.split("/") if rest else ():
        named = _STEP.fullmatch(step)
        tag, place = (named[1], int(named[2] or 1)) if named else ("", 1)
        same = [] if found is None else [child for child in found if child.tag == tag]
        found = same[place - 1] if place <= len(same) else None
    return found
