"""The medication table, checked; and the brands that stand for their ingredients in free text."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from ncpdp import identifiers
from pharmonico.reference.phrases import words_of

from local.reference.tables import TableError, ingredients, listed, table

if TYPE_CHECKING:
    from local.reference.tables import Row

SYNTHETIC_LABELER = "99990"
"""No labeler has this number: packages under it are invented and say so."""
BRAND_LETTERS_MIN = 4
SCHEDULES = frozenset({"", "CII", "CIII", "CIV", "CV"})


@lru_cache(maxsize=1)
def medications() -> tuple[Row, ...]:
    """Every package, sorted by NDC."""
    rows = table("medications")
    codes = [row["ndc11"] for row in rows]
    if codes != sorted(set(codes)):
        raise TableError("medications.csv is not sorted, or names a package twice")
    for row in rows:
        _check(row)
    return rows


def brands() -> dict[str, tuple[str, ...]]:
    """Brand names in lower case: the curated ones, and those of the packages that mean one thing.

    A brand that contains an ingredient's name is left out: the ingredient itself will be found.
    """
    curated = {_plain(row["brand"]): listed(row["ingredients"]) for row in table("brands")}
    if unknown := {name for known in curated.values() for name in known} - set(ingredients()):
        raise TableError(f"brands.csv: there is no {', '.join(sorted(unknown))}")
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in medications():
        found[_plain(row["name"])].add(listed(row["ingredients"]))
    names = _names()
    packaged = {
        brand: next(iter(known))
        for brand, known in found.items()
        if len(known) == 1
        and len(brand) >= BRAND_LETTERS_MIN
        and not any(word in names for word in (brand, *brand.split()))
    }
    return packaged | curated


def _plain(name: str) -> str:
    return " ".join(filter(None, words_of(name)))


def _check(row: Row) -> None:
    unknown = set(listed(row["ingredients"])) - set(ingredients())
    strengths = listed(row["strength"])
    wrong = (
        unknown
        or not row["ingredients"]
        or identifiers.ndc(row["ndc11"]) != row["ndc11"]
        or row["dea_schedule"] not in SCHEDULES
        or (strengths and len(strengths) != len(listed(row["ingredients"])))
        or (row["ndc11"].startswith(SYNTHETIC_LABELER) != (row["source"] == "SYNTHETIC"))
    )
    if wrong:
        raise TableError(f"medications.csv: {row['ndc11']} is not as it should be")


def _names() -> frozenset[str]:
    aliases = (alias for row in ingredients().values() for alias in listed(row["aliases"]))
    return frozenset({*ingredients(), *aliases})
