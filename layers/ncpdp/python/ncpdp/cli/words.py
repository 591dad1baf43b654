"""Attribute names in words."""

from __future__ import annotations

_ACRONYMS = frozenset(
    {"bin", "pcn", "npi", "dea", "ndc", "ncpdp", "id", "daw", "sig", "rems", "pa", "url"}
)


def label(name: str) -> str:
    """`npi` is `NPI`, `date_written` is `Date written`."""
    words = name.replace("_", " ").strip().capitalize().split(" ")
    return " ".join(word.upper() if word.lower() in _ACRONYMS else word for word in words)


def singular(name: str) -> str:
    """`entries` is `entry`, `diagnoses` is `diagnosis`, `payers` is `payer`."""
    for many, one in (("ies", "y"), ("noses", "nosis"), ("s", "")):
        if name.endswith(many):
            return name.removesuffix(many) + one
    return name


def of(owner: str, words: str) -> str:
    """`Payer` and `ID qualifier` are `Payer ID qualifier`; nothing is said twice."""
    first, _, rest = words.partition(" ")
    lower = " ".join(filter(None, (first if first.isupper() else first.lower(), rest)))
    return owner if owner.endswith(f" {lower}") else f"{owner} {lower}"
