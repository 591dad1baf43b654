"""Instances of frozen, slotted dataclasses, made from the values that were read.

The `__init__` of a frozen class goes through `object.__setattr__` once per field, which took a
sixth of the time of reading a message. Here a plain class with the same slots is filled, and
then becomes the frozen one; the class itself, and what a caller may do with it, stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

Make = Callable[[dict[str, Any]], Any]


@cache
def maker(model: Any) -> Make:
    """A function from field values to an instance; fields that are not given get their default."""
    names = tuple(one.name for one in fields(model))
    made = tuple(one.name for one in fields(model) if one.default_factory is not MISSING)
    defaults = {one.name: one.default for one in fields(model) if one.default is not MISSING}
    twin = type(model.__name__, (), {"__slots__": names})
    if not _may_become(twin, model):
        return lambda values: model(**values)
    lines = [
        f" one.{name} = values[{name!r}] if {name!r} in values else factory_{name}()"
        if name in made
        else f" one.{name} = get({name!r}, default_{name})"
        for name in names
    ]
    head = ("def make(values):", " one = new(twin)", " get = values.get")
    source = "\n".join((*head, *lines, " one.__class__ = model", " return one"))
    scope: dict[str, Any] = {"new": object.__new__, "twin": twin, "model": model}
    scope |= {f"default_{name}": value for name, value in defaults.items()}
    scope |= {f"factory_{one.name}": one.default_factory for one in fields(model)}
    exec(source, scope)  # noqa: S102 - names of our own fields only, as dataclasses does it
    make: Make = scope["make"]
    return make


def _may_become(twin: type, model: type) -> bool:
    """An interpreter may refuse: then instances are made the usual way."""
    try:
        object.__setattr__(object.__new__(twin), "__class__", model)
    except TypeError:
        return False
    return True
