"""What a payer knows of a product: its ingredients, their classes, its tier and its price."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pharmonico.reference import ingredients, medications

UNIT_PRICE_MINOR_MIN = 40
UNIT_PRICE_SPREAD = 200
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Drug:
    """One product; without ingredients it is one that the payer's tables do not hold."""

    ndc: str
    ingredients: tuple[str, ...]
    classes: frozenset[str]
    tier: str


def drug_of(ndc: str) -> Drug:
    """The product of an 11-digit NDC; `tier` is generic or brand by what it is called."""
    known = medications.by_ndc(ndc)
    if known is None:
        return Drug(ndc, (), frozenset(), "brand")
    found = (ingredients.therapeutic_class(name) for name in known.ingredients)
    is_generic = known.name.casefold() == known.generic.casefold()
    return Drug(
        ndc=ndc,
        ingredients=known.ingredients,
        classes=frozenset(each.code for each in found if each),
        tier="generic" if is_generic else "brand",
    )


def duplicated_classes(names: tuple[str, ...]) -> frozenset[str]:
    """The classes of which nobody should take two drugs."""
    found = (ingredients.therapeutic_class(name) for name in names)
    return frozenset(each.code for each in found if each and each.is_duplication)


def ingredient_price_minor(ndc: str, quantity: Decimal, *, discount_percent: int = 0) -> int:
    """A synthetic unit price between 0.40 and 2.39, the same for the same NDC, times quantity."""
    digest = hashlib.sha256(ndc.encode()).digest()
    unit = Decimal(UNIT_PRICE_MINOR_MIN + int.from_bytes(digest[:2]) % UNIT_PRICE_SPREAD)
    return rounded(unit * quantity * (PERCENT - discount_percent) / PERCENT)


def rounded(minor: Decimal) -> int:
    """Half a cent goes up."""
    return int(minor.to_integral_value(ROUND_HALF_UP))
