"""Whether two ingredients interact, how gravely, by which mechanism, and who says so.

`interactions.bin`: the number of pairs, then columns: the pair (two 16-bit places in the sorted
ingredients, the smaller first), and a byte each for severity (with `VICTIM_FIRST`), mechanism
(place in mechanisms.tsv, 255 for none) and sources (bits in the order of `ASSERTED_BY`).
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from pharmonico.reference.files import content, rows
from pharmonico.reference.ingredients import index

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["contraindicated", "major", "moderate", "minor"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""
ASSERTED_BY = ("ONC-HIGH", "FDA-LABEL", "VA-NDFRT")
VICTIM_FIRST = 0b100
NO_MECHANISM = 255
COUNT = struct.Struct(">I")
KEY_BYTES = 4
UNEXPLAINED = "They interact; the source names no mechanism."


class Interaction(NamedTuple):
    """`perpetrator` acts upon `victim` where the mechanism has a direction; else by name.

    `words` say what may happen, in one sentence.
    """

    perpetrator: str
    victim: str
    severity: Severity
    mechanism: str | None
    words: str
    sources: tuple[str, ...]


class Table(NamedTuple):
    """The columns of the file."""

    keys: array[int]
    severities: bytes
    mechanisms: bytes
    sources: bytes


def between(one: str, other: str) -> Interaction | None:
    """The interaction of two ingredients, in either order; None when no source knows of one."""
    if one == other:
        return None
    first, second = sorted((one, other))
    key = _key(first, second)
    table = _table()
    row = bisect_left(table.keys, key) if key is not None else len(table.keys)
    if row == len(table.keys) or table.keys[row] != key:
        return None
    return _interaction(table, row, first, second)


def among(ingredients: Iterable[str], others: Iterable[str]) -> tuple[Interaction, ...]:
    """Every interaction between a drug's ingredients and those of other drugs, gravest first."""
    pairs = {frozenset(pair) for pair in product(ingredients, others)}
    found = (between(*pair) for pair in pairs if len(pair) > 1)
    return tuple(
        sorted(
            (interaction for interaction in found if interaction),
            key=lambda it: (SEVERITIES.index(it.severity), it.perpetrator, it.victim),
        )
    )


def _interaction(table: Table, row: int, first: str, second: str) -> Interaction:
    flags, place, mask = table.severities[row], table.mechanisms[row], table.sources[row]
    perpetrator, victim = (second, first) if flags & VICTIM_FIRST else (first, second)
    mechanism, words = _mechanisms()[place] if place != NO_MECHANISM else (None, UNEXPLAINED)
    sentence = words.format(a=perpetrator, b=victim)
    return Interaction(
        perpetrator=perpetrator,
        victim=victim,
        severity=SEVERITIES[flags & ~VICTIM_FIRST],
        mechanism=mechanism,
        words=sentence[0].upper() + sentence[1:],
        sources=tuple(code for bit, code in enumerate(ASSERTED_BY) if mask & 1 << bit),
    )


def _key(first: str, second: str) -> int | None:
    names = index().names
    places = []
    for name in (first, second):
        at = bisect_left(names, name)
        if at == len(names) or names[at] != name:
            return None
        places.append(at)
    return places[0] << 16 | places[1]


@lru_cache(maxsize=1)
def _table() -> Table:
    return read(content("interactions.bin"))


def read(packed: bytes) -> Table:
    """The columns; `ValueError` for a file that is cut short or has more than it says."""
    (count,) = COUNT.unpack_from(packed)
    ends = [COUNT.size + count * width for width in range(KEY_BYTES, KEY_BYTES + 4)]
    if len(packed) != ends[-1]:
        raise ValueError("the interaction table is not as long as it says")
    keys = array("I", packed[COUNT.size : ends[0]])
    if sys.byteorder == "little":
        keys.byteswap()
    columns = (packed[start:end] for start, end in pairwise(ends))
    return Table(keys, *columns)


@lru_cache(maxsize=1)
def _mechanisms() -> tuple[tuple[str, str], ...]:
    return tuple((code, words) for code, words in rows("mechanisms.tsv"))
