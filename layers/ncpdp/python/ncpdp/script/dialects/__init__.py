"""Other versions of SCRIPT as moves of elements to and from the shape of 2017071.

The model knows one shape only; each version is a module with `upgrade` (to the model's shape)
and, where it is written, `downgrade`-free `render` (from the model's shape).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script.dialects import v10_6, v2023011
from ncpdp.script.model.version import Version

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def to_model_shape(root: Element, version: Version | None) -> None:
    """Move the elements of a message, in place, to where 2017071 has them."""
    if version is Version.V2023011:
        v2023011.to_model_shape(root)
    elif version is Version.V10_6:
        v10_6.to_model_shape(root)


def from_model_shape(root: Element, version: Version) -> None:
    """Move the elements of a 2017071-shaped message, in place, to where the version has them."""
    if version is Version.V2023011:
        v2023011.from_model_shape(root)
