"""Versions of SCRIPT and how a message says which one it speaks."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from ncpdp.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE_PREFIX = "http://www.ncpdp.org/schema/SCRIPT"
NAMES = (
    "DatatypesVersion",
    "TransportVersion",
    "TransactionDomain",
    "TransactionVersion",
    "StructuresVersion",
    "ECLVersion",
)


class Version(StrEnum):
    V10_6 = "10.6"
    V2017071 = "2017071"
    V2023011 = "2023011"


def known_version(version: str) -> Version:
    """The version of that name; a text will do, as it is equal to one."""
    try:
        return Version(version)
    except ValueError as error:
        words = "The version is none of SCRIPT 10.6, 2017071 and 2023011."
        raise InvalidValue(words, code="version.unsupported") from error


# What is written on the wire. The 2023011 figure is of medium confidence: any value that starts
# with it, or with 202301, is read.
_WIRE = {Version.V2017071: "20170715", Version.V2023011: "2023011"}


@cache
def attributes_of(version: Version) -> tuple[tuple[str, str], ...]:
    """The root attributes of a message written in that version."""
    wire = _WIRE.get(version, _WIRE[Version.V2017071])
    return tuple((name, "SCRIPT" if name == "TransactionDomain" else wire) for name in NAMES)


def version_of(attributes: Mapping[str, str]) -> Version | None:
    """The version that root attributes name, or None for one this library does not know."""
    if attributes.get("version", "").lstrip("0") == "10":
        return Version.V10_6 if attributes.get("release", "").lstrip("0") in {"6", ""} else None
    said = (
        attributes.get("TransactionVersion")
        or attributes.get("TransportVersion")
        or attributes.get("StructuresVersion")
        or ""
    )
    if said in {"10.6", "010006"}:
        return Version.V10_6
    if said.startswith("201707"):
        return Version.V2017071
    return Version.V2023011 if said.startswith("202301") else None
