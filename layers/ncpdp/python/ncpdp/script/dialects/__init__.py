"""Other versions of SCRIPT as moves of elements to and from the shape of 2017071.

The model knows one shape only; each version is a module with `to_model_shape`, which tells what it
moved, and, where it is written, `from_model_shape`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script.dialects import v10_6, v2023011
from ncpdp.script.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from xml.etree.ElementTree import Element

    from ncpdp.script.dialects.moves import Move

NOTHING: frozenset[Element] = frozenset()


def to_model_shape(root: Element, version: Version | None) -> list[Move]:
    """Move the elements of a message, in place, to where 2017071 has them."""
    if version is Version.V2023011:
        return v2023011.to_model_shape(root)
    if version is Version.V10_6:
        v10_6.to_model_shape(root)
    return []


def from_model_shape(root: Element, version: Version, stay: AbstractSet[Element] = NOTHING) -> None:
    """Move the elements of a 2017071-shaped message, in place, to where the version has them;
    all but those that `stay`."""
    if version is Version.V2023011:
        v2023011.from_model_shape(root, stay)


def back_in_shape(
    root: Element, version: Version, moves: list[Move], were_there: AbstractSet[Element]
) -> None:
    """Undo the moves that `to_model_shape` told, and move what is new since."""
    for move in reversed(moves):
        move.undo()
    from_model_shape(root, version, were_there)
