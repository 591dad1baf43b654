"""Whether an allergy speaks against an ingredient: the substance, its class, or a related class."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pharmonico.reference import medications
from pharmonico.reference.files import listed, rows
from pharmonico.reference.ingredients import SALTS, index, ingredient_of_rxcui
from pharmonico.reference.phrases import find

Kind = Literal["substance", "class"]
Likelihood = Literal["certain", "likely", "possible", "unlikely"]
_NDC = re.compile(r"\d{11}")


class Allergen(NamedTuple):
    """What a person is allergic to: ingredients by name, and classes by code."""

    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """False when nothing in it is known, and so nothing can be checked."""
        return bool(self.ingredients or self.classes)


class AllergyMatch(NamedTuple):
    """`likelihood` is that of a reaction; `words` name the class or the kinship, in a sentence."""

    kind: Kind
    ingredient: str
    likelihood: Likelihood
    words: str
    source: str


class _Class(NamedTuple):
    code: str
    words: str
    members: frozenset[str]
    source: str


class _Cross(NamedTuple):
    likelihood: Likelihood
    words: str
    source: str


class _Tables(NamedTuple):
    """A name leads to ingredients, or to the code of a class."""

    classes: dict[str, _Class]
    by_name: dict[str, tuple[str, ...] | str]
    crosses: dict[frozenset[str], _Cross]


def allergen_of(text: str | None, code: str | None = None) -> Allergen:
    """What words such as `PCN` or `sulfa drugs`, an NDC or an RxNorm ingredient stand for."""
    named = list(find(text or "", _tables().by_name, skipped=SALTS))
    ingredients = {name for known in named if not isinstance(known, str) for name in known}
    classes = {known for known in named if isinstance(known, str)}
    return Allergen(frozenset(ingredients | _coded(code)), frozenset(classes))


def matches(allergen: Allergen | str, ingredient: str) -> AllergyMatch | None:
    """The gravest reason against the ingredient; None when the tables know of none."""
    known = allergen_of(allergen) if isinstance(allergen, str) else allergen
    if ingredient in known.ingredients:
        words = f"The allergy is to {ingredient} itself."
        return AllergyMatch("substance", ingredient, "certain", words, "PHARMONICO")
    tables = _tables()
    of_ingredient = _classes_of({ingredient})
    of_allergen = known.classes | _classes_of(known.ingredients)
    if shared := sorted(of_ingredient & of_allergen):
        group = tables.classes[shared[0]]
        words = f"The allergy is to {group.words}, and {ingredient} is one of them."
        return AllergyMatch("class", ingredient, "likely", words, group.source)
    return _crossing(of_allergen, of_ingredient, ingredient)


def _crossing(
    allergic: frozenset[str], of_ingredient: frozenset[str], ingredient: str
) -> AllergyMatch | None:
    """The likeliest of the related classes."""
    crosses = _tables().crosses
    pairs = (frozenset((one, other)) for one in allergic for other in of_ingredient)
    found = [crosses[pair] for pair in pairs if pair in crosses]
    order = ("likely", "possible", "unlikely")
    for cross in sorted(found, key=lambda cross: (order.index(cross.likelihood), cross.words)):
        return AllergyMatch("class", ingredient, cross.likelihood, cross.words, cross.source)
    return None


def _classes_of(ingredients: set[str] | frozenset[str]) -> frozenset[str]:
    classes = _tables().classes.values()
    return frozenset(each.code for each in classes if each.members & ingredients)


def _coded(code: str | None) -> set[str]:
    if not code:
        return set()
    if _NDC.fullmatch(code):
        product = medications.by_ndc(code)
        return set(product.ingredients) if product else set()
    ingredient = ingredient_of_rxcui(code)
    return {ingredient} if ingredient else set()


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    classes: dict[str, _Class] = {}
    by_name: dict[str, tuple[str, ...] | str] = {**index().by_name}
    for code, words, aliases, members, source in rows("allergy_classes.tsv"):
        classes[code] = _Class(code, words, frozenset(listed(members)), source)
        by_name.update(dict.fromkeys(listed(aliases), code))
    crosses = {
        frozenset((one, other)): _Cross(_likelihood(likelihood), words, source)
        for one, other, likelihood, words, source in rows("allergy_crosses.tsv")
    }
    return _Tables(classes, by_name, crosses)


def _likelihood(text: str) -> Likelihood:
    known: tuple[Likelihood, ...] = ("likely", "possible", "unlikely")
    return next(each for each in known if each == text)
