"""Finds known names in free text, the longest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    T = TypeVar("T")

TEXT_MAX = 500
WORDS_MAX = 6
BREAK = ""
"""Stands between two products of one text: no name reaches over it."""
_TOKEN = re.compile(r"[a-z0-9][a-z0-9'.-]*|[,;/+&()]")
_BREAKS = frozenset(",;/+&()")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, with breaks for what separates products."""
    plain = text[:TEXT_MAX].casefold().replace("\u2019", "'")
    return [BREAK if token in _BREAKS else token.rstrip(".-") for token in _TOKEN.findall(plain)]


def find(
    text: str, names: Mapping[str, T], *, skipped: frozenset[str] = frozenset()
) -> Iterator[T]:
    """What each known name in the text stands for, in order; `skipped` words may follow a name."""
    words = words_of(text)
    at = 0
    while at < len(words):
        size = _size(words, at, names)
        if size == 0 and "-" in words[at]:
            words[at : at + 1] = _parts(words[at])
            continue
        if size == 0:
            at += 1
            continue
        yield names[" ".join(words[at : at + size])]
        at += size
        while at < len(words) and words[at] in skipped:
            at += 1


def _size(words: list[str], at: int, names: Mapping[str, T]) -> int:
    """How many words the longest name takes that starts here; 0 when none does."""
    longest = min(WORDS_MAX, len(words) - at)
    sizes = range(longest, 0, -1)
    return next((size for size in sizes if " ".join(words[at : at + size]) in names), 0)


def _parts(word: str) -> list[str]:
    """`a-b` as two products."""
    parts: list[str] = []
    for part in filter(None, word.split("-")):
        parts += [part, BREAK]
    return parts
