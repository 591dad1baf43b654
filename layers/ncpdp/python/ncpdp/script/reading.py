"""Elements to dataclasses: each class is compiled once into a table of tag -> step."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ncpdp.script.fields import Spec, specs

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Values = dict[str, Any]
Step = Callable[["Element", Values], None]
T = TypeVar("T")


def read(model: type[T], element: Element) -> T:
    """The typed view of an element whose known tags are local names."""
    known: Any = model
    result: T = reader(known)(element)
    return result


@cache
def reader(model: type) -> Callable[[Element], Any]:
    """A function that reads an element into the class."""
    branch = _Branch()
    for name, spec in specs(model):
        for path in spec.paths:
            branch.add(path.split("/"), name, spec)
    walk = branch.step()

    def run(element: Element) -> Any:
        values: Values = {}
        walk(element, values)
        return model(**values)

    return run


class _Branch:
    """The paths below one element: its attributes, its own text, its children."""

    def __init__(self) -> None:
        self.attributes: list[tuple[str, str]] = []
        self.own: str | None = None
        self.leaves: dict[str, Step] = {}
        self.branches: dict[str, _Branch] = {}

    def add(self, path: list[str], name: str, spec: Spec) -> None:
        head, rest = path[0], path[1:]
        if rest:
            self.branches.setdefault(head, _Branch()).add(rest, name, spec)
        elif head == ".":
            self.own = name
        elif head.startswith("@"):
            self.attributes.append((head[1:], name))
        else:
            self.leaves[head] = _leaf(name, spec)

    def step(self) -> Step:
        table = self.leaves | {tag: branch.step() for tag, branch in self.branches.items()}
        find = table.get
        attributes, own = self.attributes, self.own

        def children(element: Element, values: Values) -> None:
            for child in element:
                act = find(child.tag)
                if act is not None:
                    act(child, values)

        def everything(element: Element, values: Values) -> None:
            for attribute, name in attributes:
                value = element.get(attribute)
                if value and name not in values and (value := value.strip()):
                    values[name] = value
            if own is not None and (value := (element.text or "").strip()):
                values[own] = value
            children(element, values)

        return everything if attributes or own else children


def _leaf(name: str, spec: Spec) -> Step:
    if spec.kind == "text":
        return _text(name)
    if spec.kind == "texts":
        return _texts(name)
    if spec.kind == "date":
        return _date(name)
    if spec.model is None:
        raise AssertionError(name)
    return _part(name, spec.model) if spec.kind == "part" else _parts(name, spec.model)


def _text(name: str) -> Step:
    def step(element: Element, values: Values) -> None:
        value = element.text
        if value and name not in values and (value := value.strip()):
            values[name] = value

    return step


def _texts(name: str) -> Step:
    def step(element: Element, values: Values) -> None:
        if value := (element.text or "").strip():
            values[name] = (*values.get(name, ()), value)

    return step


def _date(name: str) -> Step:
    def step(element: Element, values: Values) -> None:
        for child in element:
            if child.tag in {"Date", "DateTime"} and name not in values:
                values[name] = (child.text or "").strip() or None

    return step


def _part(name: str, model: type) -> Step:
    build = reader(model)

    def step(element: Element, values: Values) -> None:
        if name not in values:
            values[name] = build(element)

    return step


def _parts(name: str, model: type) -> Step:
    build = reader(model)

    def step(element: Element, values: Values) -> None:
        values[name] = (*values.get(name, ()), build(element))

    return step
