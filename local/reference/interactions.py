"""Compiles published pairs and our rules into one table of interacting ingredients.

Where several sources speak of a pair the gravest severity counts, and all of them are named. A
rule without a severity asserts nothing: it explains what a source asserted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from pharmonico.reference.interactions import (
    ASSERTED_BY,
    COUNT,
    KEY_BYTES,
    NO_MECHANISM,
    SEVERITIES,
    VICTIM_FIRST,
)

from local.reference.tables import TableError, ingredients, selected, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.reference.tables import Row

UNASSERTED = len(SEVERITIES)
"""Graver than nothing: the rank of a rule that only explains."""


@dataclass(slots=True)
class Pair:
    """What is said of two ingredients; `explained_at` is the rank of the rule that explains."""

    severity: int = UNASSERTED
    sources: set[str] = field(default_factory=set)
    mechanism: str | None = None
    perpetrator: str | None = None
    explained_at: int = UNASSERTED + 1


def pairs() -> dict[tuple[str, str], Pair]:
    """Every asserted pair, the names of each in order."""
    found: dict[tuple[str, str], Pair] = {}
    for row in table("interaction_pairs"):
        _assert(found, row["ingredient_a"], row["ingredient_b"], row)
    for rule in table("interaction_rules"):
        for perpetrator, victim in _reach(rule):
            _explain(found, perpetrator, victim, rule)
            if rule["severity"]:
                _assert(found, perpetrator, victim, rule)
    return {key: pair for key, pair in sorted(found.items()) if pair.severity != UNASSERTED}


def pack() -> bytes:
    """The columns as `pharmonico.reference.interactions` reads them."""
    known = pairs()
    places = {name: place for place, name in enumerate(ingredients())}
    mechanisms = [row["mechanism"] for row in table("mechanisms")]
    keys = (places[one] << 16 | places[other] for one, other in known)
    columns = (
        COUNT.pack(len(known)),
        b"".join(key.to_bytes(KEY_BYTES, "big") for key in keys),
        bytes(pair.severity | _order(key, pair) for key, pair in known.items()),
        bytes(_mechanism(pair, mechanisms) for pair in known.values()),
        bytes(
            sum(1 << ASSERTED_BY.index(code) for code in pair.sources) for pair in known.values()
        ),
    )
    return b"".join(columns)


def _reach(rule: Row) -> Iterator[tuple[str, str]]:
    both = product(selected(rule["perpetrator"]), selected(rule["victim"]))
    return ((perpetrator, victim) for perpetrator, victim in both if perpetrator != victim)


def _assert(found: dict[tuple[str, str], Pair], one: str, other: str, row: Row) -> None:
    for name in (one, other):
        if name not in ingredients():
            raise TableError(f"there is no ingredient {name}")
    if row["severity"] not in SEVERITIES or one == other:
        raise TableError(f"{one} and {other} cannot interact like that")
    pair = found.setdefault(_key(one, other), Pair())
    pair.severity = min(pair.severity, SEVERITIES.index(row["severity"]))
    pair.sources.add(row["source"])


def _explain(found: dict[tuple[str, str], Pair], one: str, other: str, rule: Row) -> None:
    """The gravest rule explains; of equal ones the first in the table."""
    rank = SEVERITIES.index(rule["severity"]) if rule["severity"] else UNASSERTED
    pair = found.setdefault(_key(one, other), Pair())
    if rank < pair.explained_at:
        pair.explained_at, pair.mechanism, pair.perpetrator = rank, rule["mechanism"], one


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _order(key: tuple[str, str], pair: Pair) -> int:
    return VICTIM_FIRST if pair.perpetrator == key[1] else 0


def _mechanism(pair: Pair, mechanisms: list[str]) -> int:
    return NO_MECHANISM if pair.mechanism is None else mechanisms.index(pair.mechanism)
