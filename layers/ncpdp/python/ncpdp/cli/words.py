"""Attribute names in words."""

from __future__ import annotations

_ACRONYMS = frozenset(
    {"bin", "pcn", "npi", "dea", "ndc", "ncpdp", "id", "daw", "sig", "rems", "pa", "url"}
)


def label(name: str) -> str:
    """`npi` is `NPI`, `date_written` is `Date written`."""
    words = name.replace("_", " ").strip().capitalize().split(" ")
    return " ".join(word.upper() if word.lower() in _ACRONYMS else word for word in words)
