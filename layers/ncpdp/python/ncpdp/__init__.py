"""NCPDP SCRIPT and Telecommunication D.0: `parse`, `write`, `check`, `to_json`, `from_json`.

The two standards live in `ncpdp.script` and `ncpdp.telecom`, identifier checks in
`ncpdp.identifiers`. Everything that goes wrong is an `NcpdpError`. Nothing is loaded before it
is used, because a Lambda pays for every import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ncpdp.errors import (
    Detail,
    Forbidden,
    InvalidJson,
    InvalidValue,
    MissingElement,
    NcpdpError,
    NotReadable,
    TooLarge,
    UnsupportedMessage,
    WrongVersion,
)
from ncpdp.findings import Finding, Severity

if TYPE_CHECKING:
    from ncpdp import codes, identifiers, script, sig, telecom
    from ncpdp.door import check, ensure_complete, from_json, parse, to_json, write
    from ncpdp.message import Message

__all__ = [
    "Detail",
    "Finding",
    "Forbidden",
    "InvalidJson",
    "InvalidValue",
    "Message",
    "MissingElement",
    "NcpdpError",
    "NotReadable",
    "Severity",
    "TooLarge",
    "UnsupportedMessage",
    "WrongVersion",
    "check",
    "codes",
    "ensure_complete",
    "from_json",
    "identifiers",
    "parse",
    "script",
    "sig",
    "telecom",
    "to_json",
    "write",
]
_DOOR = frozenset({"check", "ensure_complete", "from_json", "parse", "to_json", "write"})
_MODULES = frozenset({"codes", "identifiers", "script", "sig", "telecom"})


def __getattr__(name: str) -> object:
    if name in _DOOR:
        value = getattr(import_module("ncpdp.door"), name)
    elif name == "Message":
        value = import_module("ncpdp.message").Message
    elif name in _MODULES:
        value = import_module(f"ncpdp.{name}")
    else:
        raise AttributeError(name)
    globals()[name] = value
    return value
