"""Reads the packaged files of `data/`; their forms are described in data/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = Path(__file__).parent / "data"
LIST = "|"


def content(name: str) -> bytes:
    """The whole file."""
    return (_DATA / name).read_bytes()


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a tab-separated file."""
    return (line.split("\t") for line in content(name).decode().splitlines())


def listed(field: str) -> tuple[str, ...]:
    """The members of a field that holds a list."""
    return tuple(field.split(LIST)) if field else ()
