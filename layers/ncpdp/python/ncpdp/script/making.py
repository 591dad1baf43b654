"""Instances of frozen, slotted dataclasses, made from the values that were read.

The `__init__` of a frozen class goes through `object.__setattr__` once per field, which took a
sixth of the time of reading a message. Here a plain class with the same slots is filled, and
then becomes the frozen one; the class itself, and what a caller may do with it, stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any

Make = Callable[[list[Any]], Any]


def blank(model: Any) -> list[Any]:
    """The value of every field, in their order, where nothing was read; None without a default."""
    return [None if one.default is MISSING else one.default for one in fields(model)]


@cache
def maker(model: Any) -> Make:
    """A function from the values of all fields, in their order, to an instance.

    Lists become tuples, and what is not there but always should be is made.
    """
    names = [one.name for one in fields(model)]
    always = {one.name: one.default_factory for one in fields(model) if _is_made(one)}
    twin = type(model.__name__, (), {"__slots__": names})
    if not _may_become(twin, model):
        return lambda values: model(**_given(dict(zip(names, values, strict=True)), always))
    slots = ", ".join(f"one.{name}" for name in names)
    many = [one.name for one in fields(model) if one.default == ()]
    lines = (
        "def make(values):",
        "    one = new(twin)",
        f"    ({slots},) = values",
        *(f"    if one.{name}: one.{name} = tuple(one.{name})" for name in many),
        *(f"    if one.{name} is None: one.{name} = new_{name}()" for name in always),
        "    one.__class__ = model",
        "    return one",
    )
    scope: dict[str, Any] = {"new": object.__new__, "twin": twin, "model": model}
    scope |= {f"new_{name}": made for name, made in always.items()}
    exec("\n".join(lines), scope)  # noqa: S102 - names of our own fields only, as dataclasses does it
    make: Make = scope["make"]
    return make


def _is_made(one: Field[Any]) -> bool:
    return one.default_factory is not MISSING


def _given(values: dict[str, Any], always: dict[str, Any]) -> dict[str, Any]:
    """The same for the class's own `__init__`."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if value is not None or name not in always
    }


def _may_become(twin: type, model: type) -> bool:
    """An interpreter may refuse: then instances are made the usual way."""
    try:
        object.__setattr__(object.__new__(twin), "__class__", model)
    except TypeError:
        return False
    return True
