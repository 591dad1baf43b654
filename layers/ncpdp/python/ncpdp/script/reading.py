"""Elements to dataclasses: each class is compiled once into a table of what its tags are.

The values that are read stand in a list, in the order of the class's fields: a field is known by
its place in it. Beside them goes a list of oddities: elements that no field takes, or that come
later than the schema has them. Only that there are any is kept, so that `check` looks closer at
such a message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ncpdp.script.fields import Spec, model_of, specs
from ncpdp.script.making import blank, maker

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Values = list[Any]
Oddities = list["Element"]
Build = Callable[["Element", Oddities], Any]
Step = Callable[["Element", Values, Oddities], None]
# What a tag is: its place among its neighbours in the schema; the first place that may come after
# it, its own if it may repeat; then either the place of its field, with the reader of its class if
# it has one, or a step that knows by itself where values go.
Known = tuple[int, int, int, "Build | None", "Step | None"]
T = TypeVar("T")


def read(model: type[T], element: Element, odd: Oddities | None = None) -> T:
    """The typed view of an element whose known tags are local names."""
    known: Any = model
    result: T = reader(known)(element, [] if odd is None else odd)
    return result


@cache
def reader(model: type) -> Build:
    """A function that reads an element into the class."""
    places = {one.name: at for at, one in enumerate(fields(model))}
    branch = _Branch()
    for name, spec in specs(model):
        for path in spec.paths:
            branch.add(path.split("/"), places[name], spec)
    walk, make, nothing = branch.step(), maker(model), blank(model)

    def run(element: Element, odd: Oddities) -> Any:
        values = nothing.copy()
        walk(element, values, odd)
        return make(values)

    return run


class _Branch:
    """The paths below one element: its attributes, its own text, its children."""

    def __init__(self) -> None:
        self.attributes: list[tuple[str, int]] = []
        self.own: int | None = None
        self.fields: dict[str, tuple[int, Build | None, Step | None]] = {}
        self.branches: dict[str, _Branch] = {}
        self.ranks: dict[str, int] = {}
        self.turns: dict[str, int] = {}
        self.repeated: set[str] = set()
        self.choice: tuple[int, str] | None = None

    def add(self, path: list[str], at: int, spec: Spec) -> None:
        head, rest = path[0], path[1:]
        turn = f"group {spec.group}" if spec.group else head
        self.ranks[head] = self.turns.setdefault(turn, len(self.turns))
        if not rest and (spec.rest or spec.kind in {"texts", "parts"}):
            self.repeated.add(head)
        if rest:
            self.branches.setdefault(head, _Branch()).add(rest, at, spec)
        elif spec.kind == "choice":
            if head != spec.paths[0]:
                self.branches.setdefault(head, _Branch()).choice = at, head
        elif head == ".":
            self.own = at
        elif head.startswith("@"):
            self.attributes.append((head[1:], at))
        elif spec.rest:
            first, _, _ = self.fields[head]
            self.fields[head] = (0, None, _first_then(first, at, _builder(spec)))
        else:
            self.fields[head] = (at, *_field(at, spec))

    def step(self) -> Step:
        children = _children(self._table())
        attributes, own, choice = self.attributes, self.own, self.choice

        def everything(element: Element, values: Values, odd: Oddities) -> None:
            for attribute, at in attributes:
                value = element.get(attribute)
                if value and values[at] is None and (value := value.strip()):
                    values[at] = value
            if own is not None and (value := (element.text or "").strip()):
                values[own] = value
            if choice is not None:
                values[choice[0]] = choice[1]
            children(element, values, odd)

        return everything if attributes or own is not None or choice else children

    def _table(self) -> dict[str, Known]:
        table: dict[str, Known] = {
            tag: (2 * self.ranks[tag], 2 * self.ranks[tag] + 1, 0, None, branch.step())
            for tag, branch in self.branches.items()
        }
        for tag, field in self.fields.items():
            first = 2 * self.ranks[tag]
            table[tag] = (first, first + (tag not in self.repeated), *field)
        return table


def _children(table: dict[str, Known]) -> Step:
    """The loop that reading a message is spent in: texts are read here, without a call."""

    def children(element: Element, values: Values, odd: Oddities) -> None:
        next_ = 0
        for child in element[:]:  # a list of children is walked faster than their element
            try:
                rank, after, at, build, act = table[child.tag]
            except KeyError:
                odd.append(child)
                continue
            if rank < next_:
                odd.append(child)
            next_ = after
            if act is not None:
                act(child, values, odd)
            elif values[at] is not None:
                odd.append(child)
            elif build is not None:
                values[at] = build(child, odd)
            elif (value := child.text) and (value := value.strip()):
                values[at] = value
                if len(child):  # the text goes on behind its children, and would be lost silently
                    odd.append(child)

    return children


def _field(at: int, spec: Spec) -> tuple[Build | None, Step | None]:
    """The reader of a part, the step of what repeats or is a date; a text has neither."""
    if spec.kind == "texts":
        return None, _texts(at)
    if spec.kind == "date":
        return None, _date(at)
    if spec.kind == "parts":
        return None, _parts(at, _builder(spec))
    return (_builder(spec) if spec.kind == "part" else None), None


def _builder(spec: Spec) -> Build:
    """The reader of a part; a class that is only named is not loaded before it is met."""
    if isinstance(spec.model, type):
        return reader(spec.model)

    def build(element: Element, odd: Oddities) -> Any:
        return reader(model_of(spec))(element, odd)

    return build


def _texts(at: int) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        if value := (element.text or "").strip():
            _append(values, at, value)
        if len(element):
            odd.append(element)

    return step


def _date(at: int) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        for child in element:
            if child.tag in {"Date", "DateTime"} and values[at] is None:
                values[at] = (child.text or "").strip() or None
                if len(child):
                    odd.append(child)
            else:
                odd.append(child)
        if values[at] is None and (value := (element.text or "").strip()):
            values[at] = value  # a date without its element around it
            odd.append(element)

    return step


def _parts(at: int, build: Build) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        _append(values, at, build(element, odd))

    return step


def _first_then(first: int, rest: int, build: Build) -> Step:
    """The first element of a tag goes to one field, those after it to another."""

    def step(element: Element, values: Values, odd: Oddities) -> None:
        if values[first] is None:
            values[first] = build(element, odd)
        else:
            _append(values, rest, build(element, odd))

    return step


def _append(values: Values, at: int, value: Any) -> None:
    if values[at]:
        values[at].append(value)
    else:
        values[at] = [value]
