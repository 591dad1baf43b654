"""What speaks against an ingredient at an age: too young, or old enough for care."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Literal, NamedTuple

from pharmonico.reference.files import listed, rows

Level = Literal["contraindicated", "caution", "beers"]
LEVELS: dict[str, Level] = {
    "contraindicated": "contraindicated",
    "caution": "caution",
    "beers": "beers",
}
"""The gravest first; `beers` is what older adults should take with care."""


class AgeConcern(NamedTuple):
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
    known = (_concern(ingredient, fields) for fields in _rules().get(ingredient, ()))
    found = (each for each in known if each.holds_at(years))
    return tuple(sorted(found, key=lambda each: list(LEVELS).index(each.level)))


def _concern(ingredient: str, fields: list[str]) -> AgeConcern:
    below, start, level, words, source = fields
    return AgeConcern(ingredient, LEVELS[level], _years(below), _years(start), words, source)


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[list[str]]]:
    """The rules that name an ingredient, their fields read on demand."""
    known: defaultdict[str, list[list[str]]] = defaultdict(list)
    for ingredients, *fields in rows("ages.tsv"):
        for ingredient in listed(ingredients):
            known[ingredient].append(fields)
    return dict(known)


def _years(field: str) -> float | None:
    return float(field) if field else None
