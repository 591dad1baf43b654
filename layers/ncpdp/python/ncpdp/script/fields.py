"""How a dataclass field stands in the XML: one line per field serves reading, writing and JSON.

A path is relative to the element of the class, in the shape of version 2017071: `Name/LastName`,
`@Qualifier` for an attribute, `.` for the element's own text. The first path is the one that is
written; further ones are read too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

Kind = Literal["text", "texts", "date", "part", "parts"]


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its kind, its paths, the class of a part and the limits of a text."""

    kind: Kind
    paths: tuple[str, ...]
    model: type | None = None
    length_max: int | None = None
    numeric: bool = False


def leaf(*paths: str, length_max: int | None = None, numeric: bool = False) -> Any:
    """A leaf, kept as the text that was sent; `numeric` lets the JSON form give a number."""
    return _optional(Spec("text", paths, length_max=length_max, numeric=numeric))


def leaves(*paths: str) -> Any:
    """A repeated leaf."""
    return field(default=(), metadata={"spec": Spec("texts", paths)})


def moment(*paths: str) -> Any:
    """An element holding Date or DateTime; the text tells which (a DateTime has a `T`)."""
    return _optional(Spec("date", paths))


def part(model: type, *paths: str, always: bool = False) -> Any:
    """An element with a class of its own; `always` gives an empty one where it is absent."""
    spec = Spec("part", paths, model)
    if always:
        return field(default_factory=model, metadata={"spec": spec})
    return _optional(spec)


def parts(model: type, *paths: str) -> Any:
    """A repeated element with a class of its own."""
    return field(default=(), metadata={"spec": Spec("parts", paths, model)})


def _optional(spec: Spec) -> Any:
    return field(default=None, metadata={"spec": spec})


_known: dict[type, tuple[tuple[str, Spec], ...]] = {}


def specs(model: type) -> tuple[tuple[str, Spec], ...]:
    """(attribute, spec) of every mapped field, in the order of the schema."""
    found = _known.get(model)
    if found is None:
        mapped = (one for one in fields(model) if "spec" in one.metadata)
        found = _known[model] = tuple((one.name, one.metadata["spec"]) for one in mapped)
    return found


def spec_of(model: type, attribute: str) -> Spec:
    """The spec of one attribute."""
    return next(spec for name, spec in specs(model) if name == attribute)
