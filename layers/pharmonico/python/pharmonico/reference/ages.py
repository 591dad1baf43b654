"""What speaks against an ingredient at an age: too young, or old enough for care."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pharmonico.reference.files import listed, rows

Level = Literal["contraindicated", "caution", "beers"]
LEVELS: dict[str, Level] = {
    "contraindicated": "contraindicated",
    "caution": "caution",
    "beers": "beers",
}
"""The gravest first; `beers` is what older adults should take with care."""


@dataclass(frozen=True, slots=True)
class AgeConcern:
    """It holds below `below_years`, or from `from_years` on; exactly one of them is given."""

    ingredient: str
    level: Level
    below_years: float | None
    from_years: float | None
    words: str
    source: str

    def holds_at(self, years: float) -> bool:
        """Whether it concerns somebody of this age."""
        if self.below_years is not None:
            return years < self.below_years
        return self.from_years is not None and years >= self.from_years


def concerns(ingredient: str, *, years: float) -> tuple[AgeConcern, ...]:
    """Everything against the ingredient at this age, gravest first."""
    found = (each for each in _concerns().get(ingredient, ()) if each.holds_at(years))
    return tuple(sorted(found, key=lambda each: list(LEVELS).index(each.level)))


@lru_cache(maxsize=1)
def _concerns() -> dict[str, list[AgeConcern]]:
    known: defaultdict[str, list[AgeConcern]] = defaultdict(list)
    for ingredients, below, start, level, words, source in rows("ages.tsv"):
        for ingredient in listed(ingredients):
            known[ingredient].append(
                AgeConcern(ingredient, LEVELS[level], _years(below), _years(start), words, source)
            )
    return dict(known)


def _years(field: str) -> float | None:
    return float(field) if field else None
