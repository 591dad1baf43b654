"""Elements to dataclasses: each class is compiled once into a table of tag -> step.

A step gets the element, the values found so far, and a list of oddities: elements that no field
takes, or that come later than the schema has them. Only that there are any is kept, so that
`check` looks closer at such a message.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ncpdp.script.fields import Spec, model_of, specs
from ncpdp.script.making import maker

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Values = dict[str, Any]
Oddities = list["Element"]
Step = Callable[["Element", Values, Oddities], None]
T = TypeVar("T")


def read(model: type[T], element: Element, odd: Oddities | None = None) -> T:
    """The typed view of an element whose known tags are local names."""
    known: Any = model
    result: T = reader(known)(element, [] if odd is None else odd)
    return result


@cache
def reader(model: type) -> Callable[[Element, Oddities], Any]:
    """A function that reads an element into the class."""
    branch = _Branch()
    for name, spec in specs(model):
        for path in spec.paths:
            branch.add(path.split("/"), name, spec)
    walk = branch.step()
    make = maker(model)
    many = tuple(name for name, spec in specs(model) if spec.kind in {"texts", "parts"})

    def run(element: Element, odd: Oddities) -> Any:
        values: Values = {}
        walk(element, values, odd)
        for name in many:
            if name in values:
                values[name] = tuple(values[name])
        return make(values)

    return run


class _Branch:
    """The paths below one element: its attributes, its own text, its children."""

    def __init__(self) -> None:
        self.attributes: list[tuple[str, str]] = []
        self.own: str | None = None
        self.leaves: dict[str, tuple[str, Step | None]] = {}
        self.branches: dict[str, _Branch] = {}
        self.ranks: dict[str, int] = {}
        self.turns: dict[str, int] = {}

    def add(self, path: list[str], name: str, spec: Spec) -> None:
        head, rest = path[0], path[1:]
        turn = f"group {spec.group}" if spec.group else head
        self.ranks[head] = self.turns.setdefault(turn, len(self.turns))
        if rest:
            self.branches.setdefault(head, _Branch()).add(rest, name, spec)
        elif head == ".":
            self.own = name
        elif head.startswith("@"):
            self.attributes.append((head[1:], name))
        elif spec.rest and (first := self.leaves[head][1]) and (more := _leaf(name, spec)):
            self.leaves[head] = ("", _first_then(first, more))
        else:
            self.leaves[head] = (name, _leaf(name, spec))

    def step(self) -> Step:
        children = _children(self._table())
        attributes, own = self.attributes, self.own

        def everything(element: Element, values: Values, odd: Oddities) -> None:
            for attribute, name in attributes:
                value = element.get(attribute)
                if value and name not in values and (value := value.strip()):
                    values[name] = value
            if own is not None and (value := (element.text or "").strip()):
                values[own] = value
            children(element, values, odd)

        return everything if attributes or own else children

    def _table(self) -> dict[str, tuple[int, str, Step | None]]:
        """Tag to its place in the schema, and to the step, or the field of a plain leaf."""
        steps: dict[str, tuple[str, Step | None]] = {
            tag: ("", branch.step()) for tag, branch in self.branches.items()
        }
        steps |= self.leaves
        return {tag: (self.ranks[tag], name, act) for tag, (name, act) in steps.items()}


def _children(table: dict[str, tuple[int, str, Step | None]]) -> Step:
    """Most elements are plain leaves: those are read here, without a call."""
    find = table.get

    def children(element: Element, values: Values, odd: Oddities) -> None:
        last = 0
        for child in element:
            known = find(child.tag)
            if known is None:
                odd.append(child)
                continue
            rank, name, act = known
            if rank < last:
                odd.append(child)
            last = rank
            if act is not None:
                act(child, values, odd)
            elif name in values:
                odd.append(child)
            elif (value := child.text) and (value := value.strip()):
                values[name] = value

    return children


def _leaf(name: str, spec: Spec) -> Step | None:
    """The step of a field; a plain leaf has none, for there are too many to call one for each."""
    if spec.kind == "text":
        return None
    if spec.kind == "texts":
        return _texts(name)
    if spec.kind == "date":
        return _date(name)
    build = _deferred(spec)
    return _part(name, build) if spec.kind == "part" else _parts(name, build)


def _deferred(spec: Spec) -> Callable[[Element, Oddities], Any]:
    """The reader of a part; a class that is only named is not loaded before it is met."""
    if isinstance(spec.model, type):
        return reader(spec.model)

    def build(element: Element, odd: Oddities) -> Any:
        return reader(model_of(spec))(element, odd)

    return build


def _texts(name: str) -> Step:
    def step(element: Element, values: Values, _odd: Oddities) -> None:
        if value := (element.text or "").strip():
            values.setdefault(name, []).append(value)

    return step


def _date(name: str) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        for child in element:
            if child.tag in {"Date", "DateTime"} and name not in values:
                values[name] = (child.text or "").strip() or None
            else:
                odd.append(child)

    return step


def _part(name: str, build: Callable[[Element, Oddities], Any]) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        if name in values:
            odd.append(element)
        else:
            values[name] = build(element, odd)

    return step


def _parts(name: str, build: Callable[[Element, Oddities], Any]) -> Step:
    def step(element: Element, values: Values, odd: Oddities) -> None:
        values.setdefault(name, []).append(build(element, odd))

    return step


def _first_then(first: Step, rest: Step) -> Step:
    """The first element of a tag goes to one field, those after it to another."""

    def step(element: Element, values: Values, odd: Oddities) -> None:
        before = len(odd)
        first(element, values, odd)
        if odd[before:] == [element]:
            odd.pop()
            rest(element, values, odd)

    return step
