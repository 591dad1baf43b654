"""How a dataclass field stands in the XML: one line per field serves reading, writing and JSON.

A path is relative to the element of the class, in the shape of version 2017071: `Name/LastName`,
`@Qualifier` for an attribute, `.` for the element's own text. The first path is the one that is
written; further ones are read too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from ncpdp.errors import InvalidValue

if TYPE_CHECKING:
    from ncpdp.codes import CodeList

Kind = Literal["text", "texts", "date", "part", "parts", "choice"]
Numeric = Literal["", "decimal", "whole", "free"]
"""How a number may look; `free` is most often a number, but any text will do."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its kind, its paths, the class of a part and the limits of a text.

    `model` may be named (`sig:Instruction`), for parts that most messages do not have: a class
    that is not needed is not loaded. Fields of one `group` take turns in the XML (a number, its
    modifier, the next number); `rest` takes what repeats an element another field has the first of.
    A `choice` has elements for paths: the one the others of its class stand in.
    """

    kind: Kind
    paths: tuple[str, ...]
    model: type | str | None = None
    length_max: int | None = None
    numeric: Numeric = ""
    codes: CodeList | None = None
    group: str = ""
    rest: bool = False


def leaf(
    *paths: str,
    length_max: int | None = None,
    numeric: Numeric = "",
    codes: CodeList | None = None,
) -> Any:
    """A leaf, kept as the text that was sent; `numeric` lets the JSON form give a number."""
    return _optional(Spec("text", paths, length_max=length_max, numeric=numeric, codes=codes))


def choice(*tags: str, codes: CodeList) -> Any:
    """Which element the fields of a class stand in; None is the first, else it is named."""
    return _optional(Spec("choice", tags, codes=codes))


def leaves(*paths: str, numeric: Numeric = "", group: str = "") -> Any:
    """A repeated leaf."""
    return _many(Spec("texts", paths, numeric=numeric, group=group))


def moment(*paths: str) -> Any:
    """An element holding Date or DateTime; the text tells which (a DateTime has a `T`)."""
    return _optional(Spec("date", paths))


def part(model: type | str, *paths: str, always: bool = False) -> Any:
    """An element with a class of its own; `always` gives an empty one where it is absent."""
    spec = Spec("part", paths, model)
    if always and isinstance(model, type):
        return field(default_factory=model, metadata={"spec": spec})
    return _optional(spec)


def parts(model: type | str, *paths: str, group: str = "", rest: bool = False) -> Any:
    """A repeated element with a class of its own."""
    return _many(Spec("parts", paths, model, group=group, rest=rest))


def _optional(spec: Spec) -> Any:
    return field(default=None, metadata={"spec": spec})


def _many(spec: Spec) -> Any:
    return field(default=(), metadata={"spec": spec})


_known: dict[type, tuple[tuple[str, Spec], ...]] = {}
_named: dict[str, type] = {}


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


@cache
def chosen_by(model: Any) -> str:
    """The attribute that says which element the fields of a class stand in, or nothing."""
    return next((name for name, spec in specs(model) if spec.kind == "choice"), "")


def chosen_in(value: Any, name: str) -> str | None:
    """The element that a value stands in; InvalidValue for one that its class does not know."""
    chosen: str | None = getattr(value, name)
    known = spec_of(class_of(value), name).paths
    if chosen is not None and chosen not in known:
        words = f"The {name} is one of {', '.join(known)}."
        raise InvalidValue(words, code="code.unknown", path=name)
    return chosen


def path_of(spec: Spec, chosen: str | None) -> str:
    """The path that is written, where the fields of a class have a choice of elements."""
    paths = (path for path in spec.paths if path.startswith(f"{chosen}/"))
    return next(paths, spec.paths[0]) if chosen else spec.paths[0]


def model_of(spec: Spec) -> type:
    """The class of a part; a named one is loaded when it is first met."""
    if isinstance(spec.model, type):
        return spec.model
    return named_model(spec.model or "")


def named_model(name: str) -> type:
    """The class that `module:Class` below `script.model` names."""
    found = _named.get(name)
    if found is None:
        module, _, attribute = name.partition(":")
        found = getattr(import_module(f"ncpdp.script.model.{module}"), attribute)
        _named[name] = found
    return found


def class_of(value: object) -> Any:
    """The class of a part, as a key of the tables that are compiled once per class."""
    return type(value)
