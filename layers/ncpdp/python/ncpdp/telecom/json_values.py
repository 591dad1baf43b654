"""A typed part as JSON values and back: attribute names, minor units as whole numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ncpdp.errors import InvalidValue
from ncpdp.json_reading import list_of, object_of, text_of
from ncpdp.telecom.parts import Group, Leaf, plan_of
from ncpdp.telecom.segments import SEGMENTS, segment_of, typed

if TYPE_CHECKING:
    from ncpdp.json_reading import Problems
    from ncpdp.telecom.model import Segment
    from ncpdp.telecom.parts import Part

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def name_of(segment_id: str) -> str | None:
    """The segment's class in snake_case: `07` is `dispensing`."""
    model = SEGMENTS.get(segment_id)
    return _WORD.sub("_", model.__name__).lower() if model else None


def values_of(segment: Segment) -> dict[str, Any] | None:
    """The segment's fields by name; None when its id or one of its numbers cannot be read."""
    try:
        part = typed(segment)
    except InvalidValue:
        return None
    return _values(part) if part is not None else None


def _values(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, spec in plan_of(type(part)).items:
        value = getattr(part, name)
        if value is None or value == ():
            continue
        if isinstance(spec, Group):
            value = [_values(one) for one in value]
        elif spec.many:
            value = list(value)
        elif isinstance(value, Decimal):
            value = f"{value:f}"
        found[name] = value
    return found


def segment_from_values(
    segment_id: str, value: Any, pointer: str, problems: Problems
) -> Segment | None:
    """The segment that the values make; what is wrong is added to the problems."""
    model = SEGMENTS.get(segment_id)
    if model is None:
        problems.add(pointer, "json.value", "Only a segment with a class of its own has values.")
        return None
    before = len(problems.details)
    part = _part(model, value, pointer, problems)
    if len(problems.details) > before:
        return None
    try:
        return segment_of(part)
    except InvalidValue as error:
        problems.collect(error, pointer)
        return None


def _part(model: type[Part], value: Any, pointer: str, problems: Problems) -> Part:
    given = object_of(value, pointer, problems)
    items = plan_of(model).items
    problems.unknown(given, {name for name, _ in items}, pointer)
    values: dict[str, Any] = {}
    for name, spec in items:
        if given.get(name) is None:
            continue
        content, place = given[name], f"{pointer}/{name}"
        if isinstance(spec, Group):
            listed = enumerate(list_of(content, place, problems))
            values[name] = tuple(
                _part(spec.model, one, f"{place}/{at}", problems) for at, one in listed
            )
        elif spec.many:
            listed = enumerate(list_of(content, place, problems))
            found = [text_of(one, f"{place}/{at}", problems) for at, one in listed]
            values[name] = tuple(one for one in found if one)
        else:
            values[name] = _leaf(spec, content, place, problems)
    return model(**values)


def _leaf(spec: Leaf, content: Any, pointer: str, problems: Problems) -> Any:
    if spec.kind in {"money", "number"}:
        if isinstance(content, int) and not isinstance(content, bool):
            return content
        problems.add(pointer, "json.type", "This field is a whole number.")
        return None
    text = text_of(content, pointer, problems, numeric=spec.kind in {"quantity", "rate"})
    if spec.kind in {"quantity", "rate"} and text is not None:
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        problems.add(pointer, "json.value", "This field is a decimal number.")
        return None
    return text
