"""Reads the curated tables and holds them to what they promise each other."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "tables"
CLASS, GROUP = "class:", "group:"

Row = dict[str, str]


class TableError(ValueError):
    """A curated table contradicts itself or another one."""


@lru_cache(maxsize=16)
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table; `TableError` for a source that `sources.csv` does not name."""
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        rows = tuple(csv.DictReader(file))
    if name != "sources":
        known = {row["source"] for row in table("sources")}
        for row in rows:
            if row["source"] not in known:
                raise TableError(f"{name}.csv names the unknown source {row['source']}")
    return rows


def listed(field: str) -> tuple[str, ...]:
    """The members of a field that holds a list."""
    return tuple(part.strip() for part in field.split(";") if part.strip())


@lru_cache(maxsize=1)
def ingredients() -> dict[str, Row]:
    """Every ingredient by name, sorted; each belongs to a class and no alias is used twice."""
    rows = {row["ingredient"]: row for row in table("ingredients")}
    if list(rows) != sorted(rows) or len(rows) != len(table("ingredients")):
        raise TableError("ingredients.csv is not sorted, or names one twice")
    classes = {row["class"] for row in table("classes")}
    taken = set(rows)
    for row in rows.values():
        if row["class"] not in classes:
            raise TableError(f"{row['ingredient']} is in the unknown class {row['class']}")
        for alias in listed(row["aliases"]):
            if alias in taken:
                raise TableError(f"the name {alias} is used twice")
            taken.add(alias)
    return rows


def selected(selector: str) -> tuple[str, ...]:
    """The ingredients of a selector: names, `class:` and `group:`, separated by semicolons."""
    return tuple(dict.fromkeys(name for part in listed(selector) for name in _selected(part)))


def _selected(part: str) -> Iterator[str]:
    if part.startswith(CLASS):
        yield from _members("class", part.removeprefix(CLASS))
    elif part.startswith(GROUP):
        yield from _members("group", part.removeprefix(GROUP))
    elif part in ingredients():
        yield part
    else:
        raise TableError(f"there is no ingredient {part}")


def _members(kind: str, name: str) -> tuple[str, ...]:
    found = _collections(kind).get(name)
    if not found:
        raise TableError(f"there is no {kind} {name}")
    return found


@lru_cache(maxsize=2)
def _collections(kind: str) -> dict[str, tuple[str, ...]]:
    rows = ingredients().values() if kind == "class" else table("interaction_groups")
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row["ingredient"] not in ingredients():
            raise TableError(f"there is no ingredient {row['ingredient']}")
        found[row[kind]] = (*found.get(row[kind], ()), row["ingredient"])
    return found
