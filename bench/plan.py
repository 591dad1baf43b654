"""Which figures a run is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """Says whether a figure is asked for; without a prefix all are."""

    prefix: str = ""

    def __call__(self, name: str) -> bool:
        """Whether the name begins with the prefix, or is a group that the prefix goes into."""
        return name.startswith(self.prefix) or self.prefix.startswith(f"{name}.")
