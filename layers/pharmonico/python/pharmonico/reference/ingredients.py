"""Ingredients by any name they go by, and the therapeutic class of each."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pharmonico.reference.files import listed, rows
from pharmonico.reference.phrases import find

SALTS = frozenset(
    [
        "acetate",
        "anhydrous",
        "arginine",
        "aspartate",
        "axetil",
        "benzoate",
        "besylate",
        "bisulfate",
        "bitartrate",
        "bromide",
        "calcium",
        "chloride",
        "cilexetil",
        "citrate",
        "cypionate",
        "diacetate",
        "dihydrate",
        "dihydrochloride",
        "dimesylate",
        "dipropionate",
        "disulfate",
        "ditosylate",
        "enanthate",
        "ethanolate",
        "etexilate",
        "fumarate",
        "furoate",
        "gluconate",
        "hcl",
        "hemihydrate",
        "hydrobromide",
        "hydrochloride",
        "hyclate",
        "lactate",
        "lysine",
        "magnesium",
        "malate",
        "maleate",
        "medoxomil",
        "meglumine",
        "mesylate",
        "mofetil",
        "mononitrate",
        "monohydrate",
        "na",
        "nitrate",
        "oxalate",
        "palmitate",
        "pamoate",
        "phosphate",
        "polistirex",
        "potassium",
        "propionate",
        "proxetil",
        "resin",
        "s-malate",
        "saccharate",
        "sodium",
        "so4",
        "strontium",
        "succinate",
        "sulfate",
        "tartrate",
        "tosylate",
        "trihydrate",
        "tromethamine",
        "valerate",
        "xinafoate",
    ]
)
"""Words that say in which salt or ester an ingredient comes: they follow its name."""


class TherapeuticClass(NamedTuple):
    """Two drugs of a class with `is_duplication` are seldom meant to be taken together."""

    code: str
    words: str
    is_duplication: bool


class Index(NamedTuple):
    """`names` are sorted, so that an ingredient's place is its number in other tables."""

    names: tuple[str, ...]
    classes: dict[str, str]
    by_name: dict[str, tuple[str, ...]]
    by_rxcui: dict[str, str]


def ingredients_of(text: str) -> tuple[str, ...]:
    """The ingredients that a product's name, generic name or brand stands for, each once.

    Salts, strengths and forms in the text are passed over; () when nothing in it is known.
    """
    found = find(text, index().by_name, skipped=SALTS)
    return tuple(dict.fromkeys(name for names in found for name in names))


def ingredient_of_rxcui(code: str) -> str | None:
    """The ingredient of an RxNorm ingredient code, for the common ones."""
    return index().by_rxcui.get(code)


def therapeutic_class(ingredient: str) -> TherapeuticClass | None:
    """The class of an ingredient; None for one that the table does not know."""
    code = index().classes.get(ingredient)
    return _classes()[code] if code else None


@lru_cache(maxsize=1)
def index() -> Index:
    """Every ingredient with its aliases, and the brands of the medication table."""
    names: list[str] = []
    classes: dict[str, str] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    by_rxcui: dict[str, str] = {}
    brands = {brand: listed(ingredients) for brand, ingredients in rows("brands.tsv")}
    for name, code, rxcui, aliases in rows("ingredients.tsv"):
        names.append(name)
        classes[name] = code
        if rxcui:
            by_rxcui[rxcui] = name
        by_name[name] = (name,)
        by_name.update(dict.fromkeys(listed(aliases), (name,)))
    return Index(tuple(names), classes, brands | by_name, by_rxcui)


@lru_cache(maxsize=1)
def _classes() -> dict[str, TherapeuticClass]:
    return {
        code: TherapeuticClass(code, words, is_duplication == "1")
        for code, words, is_duplication in rows("classes.tsv")
    }
