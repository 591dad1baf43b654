"""Where a fact is from, to be shown beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pharmonico.reference.files import rows


class Source(NamedTuple):
    """`published` is a year or a year and a month."""

    code: str
    title: str
    publisher: str
    published: str
    licence: str


def source_of(code: str) -> Source:
    """The source with this code; `KeyError` for a code no table uses."""
    return sources()[code]


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source by its code."""
    return {fields[0]: Source(*fields) for fields in rows("sources.tsv")}
