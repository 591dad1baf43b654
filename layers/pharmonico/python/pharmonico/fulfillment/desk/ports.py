"""What the desk keeps beside the prescriptions: all of it can be made anew from them, but views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pharmonico.fulfillment.desk.papers import OpenFailure, View


@dataclass(frozen=True, slots=True)
class Indexed:
    """The terms a prescription stands under; version 0 where it stands under none yet."""

    terms: frozenset[str] = frozenset()
    version: int = 0


class Postings(Protocol):
    """Which prescriptions stand under a term; terms are blind."""

    def indexed(self, order_id: str) -> Indexed:
        """What is noted of the prescription, read consistently."""
        ...

    def note(self, order_id: str, indexed: Indexed) -> None:
        """Note the terms on the version that was read; `VersionConflict`."""
        ...

    def add(self, order_id: str, terms: Collection[str]) -> None:
        """Put the prescription under the terms; under one it stands under already, nothing."""
        ...

    def drop(self, order_id: str, terms: Collection[str]) -> None: ...

    def under(
        self, term: str, *, after: str | None, limit: int, oldest_first: bool = False
    ) -> tuple[str, ...]:
        """Prescriptions under the term, newest first, beyond `after`; eventually consistent."""
        ...

    def held_by(self, term: str, order_ids: Sequence[str]) -> frozenset[str]:
        """Those of the prescriptions that stand under the term."""
        ...


class OpenFailures(Protocol):
    """Prescriptions that stopped, and those whose letters failed, which is a row of its own.

    An older state of one never replaces a newer.
    """

    def put(self, failure: OpenFailure) -> None: ...

    def close(self, order_id: str, *, version: int, step: str = "") -> None:
        """Take the prescription away (its letters, by the step `Letter`), unless a newer version
        of it stands there."""
        ...

    def open(self, *, limit: int) -> tuple[OpenFailure, ...]: ...


class Views(Protocol):
    """Saved views, by whose they are."""

    def views_of(self, owner: str) -> tuple[View, ...]:
        """At most `VIEWS_MAX`, oldest first."""
        ...

    def view(self, owner: str, view_id: str) -> View | None: ...

    def save_view(self, view: View) -> View:
        """Write it on the version that was read; `VersionConflict`."""
        ...

    def drop_view(self, view: View) -> None:
        """Delete it as it was read; `VersionConflict`."""
        ...
