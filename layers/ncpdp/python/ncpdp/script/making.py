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

Make = Callable[[list[Any]], Any]


def blank(model: Any) -> list[Any]:
    """The value of every field, in their order, where nothing was read; None without a default."""
    return [None if one.default is MISSING else one.default for one in fields(model)]


@cache
def maker(model: Any) -> Make:
    """A function from the values of all fields, in their order, to an instance."""
    names = [one.name for one in fields(model)]
    twin = type(model.__name__, (), {"__slots__": names})
    if not _may_become(twin, model):
        return lambda values: model(**dict(zip(names, values, strict=True)))
    slots = ", ".join(f"one.{name}" for name in names)
    source = f"""
def make(values):
    one = new(twin)
    ({slots},) = values
    one.__class__ = model
    return one
"""
    scope: dict[str, Any] = {"new": object.__new__, "twin": twin, "model": model}
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
