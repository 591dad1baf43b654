"""How a dataclass field stands in a segment: one line serves reading, building, checks and JSON.

A segment's class lists its fields in the order they are written. A group is a part of its own that
repeats; its count (`4C`) or the counter of each item (`7E`) is written for it, never kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ncpdp.telecom.model import Field

Kind = Literal["text", "money", "quantity", "rate", "number", "day"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field: `money` is cents over a signed overpunch, `quantity` has three implied decimals,
    `rate` four behind a sign, `day` is CCYYMMDD; `width` is the most characters it may have,
    `digits` the least that are written."""

    id: str
    kind: Kind = "text"
    width: int | None = None
    many: bool = False
    table: str | None = None
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A repeating part, its count field with the digits that are written, or its counter field."""

    model: type
    count: str | None = None
    digits: int = 1
    counter: str | None = None
    items_max: int = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What every typed segment and group has: the fields its class does not know, in order."""

    other: tuple[Field, ...] = ()


def text(field_id: str, width: int | None = None, *, table: str | None = None) -> Any:
    """Text as it was sent, without padding; `table` names the code list it is from."""
    return _one(Leaf(field_id, "text", width, table=table))


def money(field_id: str) -> Any:
    """An amount in minor units (cents)."""
    return _one(Leaf(field_id, "money"))


def quantity(field_id: str) -> Any:
    """A Decimal with at most three decimals."""
    return _one(Leaf(field_id, "quantity"))


def rate(field_id: str) -> Any:
    """A Decimal with at most four decimals, such as a tax rate in percent."""
    return _one(Leaf(field_id, "rate"))


def number(field_id: str, width: int | None = None, *, digits: int = 0) -> Any:
    """A whole number, written with at least so many digits."""
    return _one(Leaf(field_id, "number", width, digits=digits))


def day(field_id: str) -> Any:
    """A date as CCYYMMDD text."""
    return _one(Leaf(field_id, "day", 8))


def many(field_id: str, width: int | None = None, *, table: str | None = None) -> Any:
    """A field that repeats by itself."""
    leaf = Leaf(field_id, "text", width, many=True, table=table)
    return field(default=(), metadata={"spec": leaf})


def counted(model: type, count: str | None = None, *, digits: int = 1, items_max: int = 9) -> Any:
    """A group whose number of items stands before it."""
    spec = Group(model, count, digits, items_max=items_max)
    return field(default=(), metadata={"spec": spec})


def numbered(model: type, counter: str, *, items_max: int = 9) -> Any:
    """A group whose every item begins with its number."""
    return field(default=(), metadata={"spec": Group(model, counter=counter, items_max=items_max)})


def _one(leaf: Leaf) -> Any:
    return field(default=None, metadata={"spec": leaf})


@dataclass(frozen=True, slots=True)
class Plan:
    """A class as the reader and the builder need it."""

    items: tuple[tuple[str, Leaf | Group], ...]
    leaves: dict[str, tuple[str, Leaf]]
    groups: dict[str, tuple[str, Group]]
    derived: frozenset[str]
    ids: frozenset[str]
    """Every field id of the part and of the groups in it."""


_plans: dict[type, Plan] = {}


def plan_of(model: type) -> Plan:
    """The fields of a part, by attribute and by id."""
    found = _plans.get(model)
    if found is None:
        found = _plans[model] = _plan(model)
    return found


def _plan(model: type) -> Plan:
    items = tuple(
        (one.name, one.metadata["spec"]) for one in fields(model) if "spec" in one.metadata
    )
    leaves = {spec.id: (name, spec) for name, spec in items if isinstance(spec, Leaf)}
    groups: dict[str, tuple[str, Group]] = {}
    derived: set[str] = set()
    for name, spec in items:
        if isinstance(spec, Group):
            derived |= {one for one in (spec.count,) if one}
            inner = plan_of(spec.model).ids | ({spec.counter} if spec.counter else set())
            groups |= dict.fromkeys(inner, (name, spec))
    ids = frozenset({*leaves, *groups, *derived})
    return Plan(items, leaves, groups, frozenset(derived), ids)
