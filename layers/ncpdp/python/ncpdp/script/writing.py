"""Changed values into the tree that a message came in."""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from ncpdp.script.emitting import emit
from ncpdp.script.fields import Spec, chosen_by, chosen_in, class_of, model_of, path_of, specs
from ncpdp.script.texts import set_text


def build(tag: str, value: Any) -> Element:
    """A new element holding everything the dataclass says, in the order of the schema."""
    return ET.fromstring(emit(tag, value))  # noqa: S314 - our own text, written a moment ago


def merge(element: Element, old: Any, new: Any) -> None:
    """Carry the differences between two values of one class into the element `old` came from."""
    name = chosen_by(class_of(new))
    chosen = chosen_in(new, name) if name else None
    for name, spec in specs(type(new)):
        before, after = getattr(old, name), getattr(new, name)
        if before is after or before == after:
            continue
        if spec.kind == "choice":
            _choose(element, before or spec.paths[0], after or spec.paths[0])
            continue
        path, found = _located(element, spec, chosen)
        if spec.kind == "part" and found and before is not None and after is not None:
            merge(found[0][1], before, after)
        elif spec.kind == "text" and found and after is not None:
            set_text(found[0][1], after)
        elif spec.kind == "parts":
            _merge_many(element, type(new), spec, (path, found), (before, after))
        else:
            _remove(element, path, found)
            if after is not None and after != ():
                _put(element, type(new), spec, after, path)


def _choose(element: Element, before: str, after: str) -> None:
    child = element.find(before)
    if child is not None:
        child.tag = after


def _merge_many(
    element: Element,
    model: type,
    spec: Spec,
    place: tuple[str, list[tuple[Element, Element]]],
    change: tuple[tuple[Any, ...], tuple[Any, ...]],
) -> None:
    """Pair by position; what is left over was removed at, or is added behind, the end."""
    before, after = change
    path, found = place
    for (_, child), old, new in zip(found, before, after, strict=False):
        if old != new:
            merge(child, old, new)
    for parent, child in found[len(after) :]:
        parent.remove(child)
    *_, tag = path.split("/")
    for value in after[len(found) :]:
        if found:
            extra = build(tag, value)
            parent, last = found[-1]
            parent.insert(list(parent).index(last) + 1, extra)
            found.append((parent, extra))
        else:
            _put(element, model, spec, (value,), path)


def _located(
    element: Element, spec: Spec, chosen: str | None = None
) -> tuple[str, list[tuple[Element, Element]]]:
    """The path in use and its (parent, child) pairs; for attributes and own text none."""
    for path in spec.paths:
        *containers, last = path.split("/")
        parents = [element]
        for tag in containers:
            parents = [child for parent in parents for child in parent if child.tag == tag]
        if last == "." or last.startswith("@"):
            continue
        pairs = [(parent, child) for parent in parents for child in parent if child.tag == last]
        if pairs:
            return path, pairs[1:] if spec.rest else pairs
    return path_of(spec, chosen), []


def _remove(element: Element, path: str, found: list[tuple[Element, Element]]) -> None:
    if path == ".":
        set_text(element, None)
    elif path.startswith("@"):
        element.attrib.pop(path[1:], None)
    for parent, child in found:
        parent.remove(child)


def _put(element: Element, model: type, spec: Spec, content: Any, path: str) -> None:
    """Put a value into a tree that may hold anything already, where the schema wants it."""
    *containers, last = path.split("/")
    parent, prefix, ranks = element, "", _ranks(model)
    for tag in containers:
        inner = parent.find(tag)
        if inner is None:
            inner = _insert(parent, Element(tag), ranks[prefix])
        parent, prefix = inner, f"{prefix}/{tag}"
    if last == ".":
        set_text(element, content)
    elif last.startswith("@"):
        parent.set(last[1:], content)
    else:
        for one in content if spec.kind in {"texts", "parts"} else (content,):
            _insert(parent, _child(last, spec, one), ranks[prefix])


def _child(tag: str, spec: Spec, content: Any) -> Element:
    if spec.model is not None:
        return build(tag, content)
    child = Element(tag)
    if spec.kind == "date":
        SubElement(child, "DateTime" if "T" in content else "Date").text = content
    else:
        child.text = content
    return child


@cache
def _ranks(model: Any) -> dict[str, dict[str, int]]:
    """Below each container ("" is the element itself) the place of every child in the schema."""
    ranks: dict[str, dict[str, int]] = {"": {}}
    for _, spec in specs(model):
        for path in spec.paths:
            prefix = ""
            for tag in path.split("/"):
                below = ranks.setdefault(prefix, {})
                below.setdefault(tag, len(below))
                prefix = f"{prefix}/{tag}"
    return ranks


def _insert(parent: Element, child: Element, ranks: dict[str, int]) -> Element:
    """Before the first child that the schema puts later; unknown neighbours do not move."""
    rank = ranks.get(child.tag)
    if rank is not None:
        for place, other in enumerate(parent):
            if isinstance(other.tag, str) and ranks.get(other.tag, -1) > rank:
                parent.insert(place, child)
                return child
    parent.append(child)
    return child


def arrange(element: Element, model: type) -> None:
    """Bring children into the order of the schema; unknown ones stay behind their neighbour."""
    _sort(element, _ranks(model), "")
    for _, spec in specs(model):
        if spec.model is not None:
            for _, child in _located(element, spec)[1]:
                arrange(child, model_of(spec))


def _sort(element: Element, ranks: dict[str, dict[str, int]], prefix: str) -> None:
    below, last = ranks[prefix], 0
    keyed: list[tuple[int, Element]] = []
    for child in element:
        last = below.get(str(child.tag), last)
        keyed.append((last, child))
        if f"{prefix}/{child.tag}" in ranks:
            _sort(child, ranks, f"{prefix}/{child.tag}")
    element[:] = [child for _, child in sorted(keyed, key=lambda pair: pair[0])]
