"""Dataclasses to XML text, in the order of the schema: each class is compiled once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from ncpdp.characters import fits_xml
from ncpdp.errors import InvalidValue
from ncpdp.script.fields import Spec, chosen_by, chosen_in, class_of, path_of, specs
from ncpdp.script.serialise import quoted, text

Out = list[str]
Write = Callable[[Any, Out], None]
Emit = Callable[[str, Any, Out], None]


def emit(tag: str, value: Any) -> str:
    """The element of that name, holding everything the dataclass says."""
    out: Out = []
    emitter(class_of(value))(tag, value, out)
    written = "".join(out)
    if not fits_xml(written):
        raise InvalidValue("A text holds a character that XML cannot carry.", code="xml.character")
    return written


@cache
def emitter(model: Any) -> Emit:
    """A function that writes an instance of the class as an element of any name."""
    name = chosen_by(model)
    if not name:
        return _emitter(model)

    def run(tag: str, value: Any, out: Out) -> None:
        _emitter(model, chosen_in(value, name))(tag, value, out)

    return run


@cache
def _emitter(model: Any, chosen: str | None = None) -> Emit:
    """As `emitter`, where the fields stand in the element that was chosen."""
    branch = _Branch()
    for name, spec in specs(model):
        if spec.kind != "choice":
            branch.add(path_of(spec, chosen).split("/"), name, spec)
        elif chosen in spec.paths:
            branch.always.add(chosen)
    attributes, own, writers = branch.attributes, branch.own, branch.writers()

    def run(tag: str, value: Any, out: Out) -> None:
        head = tag
        for attribute, name in attributes:
            content = getattr(value, name)
            if content is not None:
                head += f' {attribute}="{quoted(content)}"'
        mark = len(out)
        out.append(f"<{head}>")
        if own is not None and (content := getattr(value, own)):
            out.append(text(content))
        for write in writers:
            write(value, out)
        if len(out) == mark + 1:
            out[mark] = f"<{head}/>"
        else:
            out.append(f"</{tag}>")

    return run


class _Branch:
    """What stands below one element: attributes, own text, and children in their order."""

    def __init__(self) -> None:
        self.attributes: list[tuple[str, str]] = []
        self.own: str | None = None
        self.children: dict[str, _Branch | list[tuple[str, str, Spec]]] = {}
        self.always: set[str] = set()

    def add(self, path: list[str], name: str, spec: Spec) -> None:
        head, rest = path[0], path[1:]
        if rest:
            inner = self.children.setdefault(head, _Branch())
            if not isinstance(inner, _Branch):
                raise AssertionError(head)
            inner.add(rest, name, spec)
        elif head == ".":
            self.own = name
        elif head.startswith("@"):
            self.attributes.append((head[1:], name))
        else:
            key = f"group {spec.group}" if spec.group else f"{head} {name}"
            fields = self.children.setdefault(key, [])
            if isinstance(fields, _Branch):
                raise AssertionError(key)
            fields.append((head, name, spec))

    def writers(self) -> list[Write]:
        return [
            _container(tag, inner.writers(), always=tag in self.always)
            if isinstance(inner, _Branch)
            else _fields(inner)
            for tag, inner in self.children.items()
        ]


def _container(tag: str, writers: list[Write], *, always: bool) -> Write:
    """An element that is there for its children only: without any it is not written, unless
    that it is there says something."""

    def write(value: Any, out: Out) -> None:
        mark = len(out)
        out.append(f"<{tag}>")
        for one in writers:
            one(value, out)
        if len(out) > mark + 1:
            out.append(f"</{tag}>")
        elif always:
            out[mark] = f"<{tag}/>"
        else:
            del out[mark]

    return write


def _fields(fields: list[tuple[str, str, Spec]]) -> Write:
    if fields[0][2].group:
        return _in_turns([(name, _one(tag, spec)) for tag, name, spec in fields])
    ((tag, name, spec),) = fields
    one = _one(tag, spec)
    return _many(name, one) if spec.kind in {"texts", "parts"} else _single(name, one)


def _single(name: str, one: Write) -> Write:
    def write(value: Any, out: Out) -> None:
        content = getattr(value, name)
        if content is not None:
            one(content, out)

    return write


def _many(name: str, one: Write) -> Write:
    def write(value: Any, out: Out) -> None:
        for content in getattr(value, name):
            one(content, out)

    return write


def _in_turns(fields: list[tuple[str, Write]]) -> Write:
    """First of each, second of each: a range is `1` `tablet` `TO` `2` `tablet`."""

    def write(value: Any, out: Out) -> None:
        columns = [(getattr(value, name), one) for name, one in fields]
        for row in range(max(len(column) for column, _ in columns)):
            for column, one in columns:
                if row < len(column):
                    one(column[row], out)

    return write


def _one(tag: str, spec: Spec) -> Write:
    """How one value of the field is written."""
    if spec.model is not None:
        return lambda content, out: emitter(class_of(content))(tag, content, out)
    if spec.kind == "date":
        return lambda content, out: out.append(_dated(tag, content))
    start, end, empty = f"<{tag}>", f"</{tag}>", f"<{tag}/>"

    def write(content: str, out: Out) -> None:
        out.append(f"{start}{text(content)}{end}" if content else empty)

    return write


def _dated(tag: str, content: str) -> str:
    kind = "DateTime" if "T" in content else "Date"
    return f"<{tag}><{kind}>{text(content)}</{kind}></{tag}>"
