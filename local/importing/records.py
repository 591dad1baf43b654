"""What an import is made of: records with their place, and reasons why one is not kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Position:
    """How far a file was read: bytes, and records counted as lines or list places from 1."""

    offset: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `value` is None for one that was passed over without being read."""

    at: Position
    value: dict[str, Any] | None
    problem: Rejected | None = None


class Rejected(Exception):
    """A record that cannot be kept: a stable code, what was found, and words."""

    def __init__(self, code: str, words: str, found: str = "") -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.found = found


class Skipped(Exception):
    """A record that is well-formed and not wanted; counted by its reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(Exception):
    """The file is not of the kind the importer reads, or broken; the text says how."""


@dataclass(slots=True)
class Counts:
    """How many records were kept, and how many not, by reason."""

    kept: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str) -> None:
        """One more that was not wanted."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def reject(self, code: str) -> None:
        """One more that could not be kept."""
        self.rejected[code] = self.rejected.get(code, 0) + 1


class Importer(Protocol[Entry]):
    """One kind of file, and where its entries go."""

    @property
    def kind(self) -> str:
        """A short name for state and report files."""
        ...

    def read(self, file: BinaryIO, start: Position) -> Iterator[Record]:
        """The records after `start`; `Unreadable` when it is another kind of file."""
        ...

    def entry(self, value: dict[str, Any]) -> Entry:
        """What the record says; raises `Rejected` or `Skipped`."""
        ...

    def keep(self, entries: Sequence[Entry]) -> Counts:
        """Store the entries (again, after a restart); answers those it did not keep after all."""
        ...
