"""Where chains are kept. Nothing of it can be changed or dropped through this port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.audit.chain import Entry

HOUR = "%Y-%m-%dT%H"
"""How an hour is named, in UTC."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored: its place in the chain, its very text, the hour it was stored."""

    place: int
    text: str
    hour: str


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a chain, newest first; `hour` is when the newest was stored."""

    entries: tuple[Entry, ...] = ()
    hour: str | None = None


class AuditTrail(Protocol):
    """Chains of entries, and by the hour which of them grew."""

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        """The entries after that sequence, oldest first, at most `CHAIN_MAX`."""
        ...

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        """The newest entries, newest first."""
        ...

    def tail(self, name: str, limit: int, *, consistent: bool = True) -> Tail:
        """The same with the hour of the newest; what an append begins with.

        Unless `consistent`, the newest of a moment ago may be missing: its place is taken then.
        """
        ...

    def links(self, name: str, *, after: int = 0) -> Iterator[Link]:
        """The whole chain as it is stored, by place; nothing of it is believed or left out."""
        ...

    def add(self, name: str, entry: Entry, *, known_in: str | None) -> None:
        """Store the entry; `VersionConflict` when its place is taken.

        The chain is noted as grown in this hour, unless it is `known_in` it already.
        """
        ...

    def grown(self, hour: str, *, after: str = "") -> Iterator[str]:
        """The chains that were added to in that hour, each once, in a lasting order."""
        ...


@dataclass(frozen=True, slots=True)
class Signature:
    """Over the SHA-256 of some bytes; `key` is who signed, `value` is base64."""

    algorithm: str
    key: str
    value: str


class Signer(Protocol):
    """Signs, and knows its own signatures again."""

    def sign(self, data: bytes) -> Signature: ...

    def holds(self, data: bytes, signature: Signature) -> bool: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the vault: what was stored first, and whether anything was laid over it since."""

    key: str
    data: bytes
    is_covered: bool = False


class Vault(Protocol):
    """Files that nobody can change or take away before their time, in the order of their keys."""

    def keep(self, key: str, data: bytes) -> None:
        """Store for the time of retention; `VersionConflict` when the key is taken."""
        ...

    def kept(self, prefix: str, *, at_or_after: str = "") -> Iterator[Kept]:
        """The files under the prefix, by key; what lies over them is told, not believed."""
        ...

    def newest(self, prefix: str) -> Kept | None:
        """The last of them."""
        ...

    def share(self, key: str, data: bytes, *, ttl_s: int) -> str:
        """Store a file for some days, and answer a link to it that is good for so long."""
        ...
