"""Trees compared, cut out and put back: what the JSON form needs to lose nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ncpdp.script.serialise import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = re.compile(r"[1-9][0-9]{0,4}\]")


def same_tree(one: Element, other: Element) -> bool:
    """True when both mean the same: names, attributes, texts and remarks, but not blanks."""
    if one.tag != other.tag or one.attrib != other.attrib or len(one) != len(other):
        return False
    if bare(one.text) != bare(other.text):
        return False
    return all(
        bare(mine.tail) == bare(theirs.tail) and same_tree(mine, theirs)
        for mine, theirs in zip(one, other, strict=True)
    )


def bare(text: str | None) -> str:
    return (text or "").strip()


def cut_out(element: Element, prefixes: dict[str, str]) -> str:
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
        tag, _, index = step.partition("[")
        same = [] if found is None else [child for child in found if child.tag == tag]
        place = int(index[:-1]) if _PLACE.fullmatch(index) else 1
        found = same[place - 1] if 0 < place <= len(same) else None
    return found
