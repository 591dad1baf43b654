"""Names: given ones as people have, family names that nobody should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

GIVEN = {
    "F": (
        *("Ada", "Beatriz", "Carol", "Dana", "Elena", "Farah", "Grace", "Hana", "Ines", "Joan"),
        *("Kiara", "Lucía", "Mei", "Nadia", "Olive", "Priya", "Rosa", "Siobhán", "Tessa", "Yara"),
    ),
    "M": (
        *("Abel", "Bruno", "Caleb", "Diego", "Emil", "Femi", "Gus", "Hiro", "Ivan", "José"),
        *("Kofi", "Liam", "Marco", "Noah", "Omar", "Pavel", "Quinn", "Ravi", "Théo", "Wes"),
    ),
}
_BEGIN = (
    *("Alder", "Amber", "Birken", "Copper", "Dapple", "Ember", "Feather", "Gander", "Hollow"),
    *("Iron", "Juniper", "Kettle", "Lantern", "Maple", "Nettle", "Oaken", "Pepper", "Quarry"),
    *("Raven", "Saddle", "Thistle", "Umber", "Velvet", "Willow", "Yonder", "Zephyr"),
)
_END = ("bank", "brook", "by", "combe", "croft", "dale", "ford", "garth", "mere", "sample", "wick")
MARK = "Synthetic"
"""Everybody's middle name, so that no screen and no message hides what they are."""


def given_name(dice: Random, sex: str) -> str:
    """A given name; of either list for a sex that is neither F nor M."""
    return dice.choice(GIVEN.get(sex) or (*GIVEN["F"], *GIVEN["M"]))


def family_name(dice: Random) -> str:
    """A family name of two made-up halves; one in twenty has two of them."""
    name = dice.choice(_BEGIN) + dice.choice(_END)
    return f"{name}-{dice.choice(_BEGIN)}{dice.choice(_END)}" if dice.random() < 1 / 20 else name


def plain(name: str) -> str:
    """A name as it stands in a mail address."""
    bare = name.casefold().translate(str.maketrans("áéíóú", "aeiou"))
    return re.sub(r"[^a-z]+", "", bare)
