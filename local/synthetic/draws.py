"""Numbers that look thrown and are the same on every machine."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    T = TypeVar("T")

COUNT_MAX = 1_000_000
"""Of each kind, so that numbers in identifiers stay apart."""


def dice_of(kind: str, seed: int, number: int) -> Random:
    """A thrower of its own for one entry; `ValueError` beyond `COUNT_MAX`."""
    if not 0 <= number < COUNT_MAX:
        raise ValueError(f"there are at most {COUNT_MAX} of a kind")
    return Random(f"{kind}:{seed}:{number}")  # noqa: S311 - the same for everybody on purpose


def weighted(dice: Random, shares: Mapping[T, float]) -> T:
    """One of the keys, as often as its share says."""
    return dice.choices(list(shares), weights=list(shares.values()))[0]
