"""A segment's fields to its typed part, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ncpdp.errors import InvalidValue
from ncpdp.telecom.model import Field
from ncpdp.telecom.parts import Group, Part, plan_of
from ncpdp.telecom.values import from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

P = TypeVar("P", bound=Part)


def read_part(model: type[P], fields: Sequence[Field]) -> P:
    """The part; a first value stands, repeated and unknown fields go to `other`.

    Raises InvalidValue for a number that is none, with the field's id as its path.
    """
    plan = plan_of(model)
    values: dict[str, Any] = {}
    repeated: dict[str, list[str]] = {}
    grouped: dict[str, list[Field]] = {}
    other: list[Field] = []
    for one in fields:
        if one.id in plan.groups:
            grouped.setdefault(plan.groups[one.id][0], []).append(one)
        elif one.id in plan.leaves:
            name, leaf = plan.leaves[one.id]
            if leaf.many:
                repeated.setdefault(name, []).append(one.value.strip(" "))
            elif name in values:
                other.append(one)
            else:
                values[name] = from_text(leaf, one.value)
        elif one.id not in plan.derived:
            other.append(one)
    values |= {name: tuple(texts) for name, texts in repeated.items()}
    for name, spec in plan.items:
        if isinstance(spec, Group) and name in grouped:
            items = items_of(spec, grouped[name])
            values[name] = tuple(read_part(spec.model, item) for item in items)
    return model(**values, other=tuple(other))


def items_of(group: Group, fields: Sequence[Field]) -> list[list[Field]]:
    """The items of a group: each begins with its counter, or where a field comes again."""
    plan = plan_of(group.model)
    items: list[list[Field]] = []
    seen: set[str] = set()
    has_counters = any(one.id == group.counter for one in fields)
    for one in fields:
        repeats = one.id in plan.leaves and one.id in seen and not plan.leaves[one.id][1].many
        if not items or one.id == group.counter or (repeats and not has_counters):
            items.append([])
            seen = set()
        seen.add(one.id)
        if one.id != group.counter:
            items[-1].append(one)
    return items


def build_fields(part: Part) -> tuple[Field, ...]:
    """The fields of a part in the order of its class; counts and counters are written for it."""
    return tuple(_fields(part))


def _fields(part: Part) -> Iterator[Field]:
    for name, spec in plan_of(type(part)).items:
        value = getattr(part, name)
        if value is None or value == ():
            continue
        if isinstance(spec, Group):
            yield from _group(name, spec, value)
        elif spec.many:
            yield from (Field(spec.id, one) for one in value)
        else:
            yield Field(spec.id, to_text(spec, value))
    yield from part.other


def _group(name: str, spec: Group, items: tuple[Part, ...]) -> Iterator[Field]:
    if len(items) > spec.items_max:
        words = f"There are more than {spec.items_max} {name.replace('_', ' ')}."
        raise InvalidValue(words, code="telecom.too_many", path=spec.count or spec.counter or name)
    if spec.count:
        yield Field(spec.count, f"{len(items):0{spec.digits}d}")
    for at, item in enumerate(items, 1):
        if spec.counter:
            yield Field(spec.counter, str(at))
        yield from _fields(item)
