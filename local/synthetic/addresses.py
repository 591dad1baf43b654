"""Real places, streets that are none, and telephone numbers nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from local.reference.places import delivered
from local.seed.zones import ZONE_OF_STATE

if TYPE_CHECKING:
    from random import Random

    from local.reference.places import ZipPlace

_STREETS = ("Example Street", "Sample Avenue", "Placeholder Road", "Fixture Lane", "Demo Court")
FICTION = 100
"""555-0100 to 555-0199 are set aside for fiction in every area code."""


@dataclass(frozen=True, slots=True)
class Address:
    """`line2` is empty more often than not."""

    line1: str
    line2: str
    city: str
    state: str
    postal_code: str


def place_of(dice: Random) -> ZipPlace:
    """A ZIP in which houses get mail, in a state or territory that pharmacies ship to."""
    return dice.choice(_places())


def address_at(dice: Random, place: ZipPlace) -> Address:
    """A house there."""
    unit = f"Apt {dice.randint(1, 40)}" if dice.random() < 1 / 4 else ""
    return Address(
        line1=f"{dice.randint(1, 9999)} {dice.choice(_STREETS)}",
        line2=unit,
        city=place.city,
        state=place.state,
        postal_code=place.postal_code,
    )


def phone_at(dice: Random, place: ZipPlace) -> str:
    """Ten digits in the place's area code."""
    return f"{place.area_code}55501{dice.randrange(FICTION):02d}"


@lru_cache(maxsize=1)
def _places() -> tuple[ZipPlace, ...]:
    known = (place for place in delivered() if place.state in ZONE_OF_STATE and place.area_code)
    return tuple(known)
