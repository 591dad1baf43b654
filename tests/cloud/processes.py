"""The processes of one local cloud, as the operating system sees them."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.engine.orphans import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.place import Place


@dataclass(frozen=True)
class Process:
    id: int
    group: int
    command: str


def group_of(place: Place, name: str) -> int:
    """The process group of a part: its own id, since it leads a session."""
    return int(place.pid(name).read_text())


def processes_of(place: Place, *groups: int) -> list[Process]:
    """Whatever names the data folder or belongs to one of the groups.

    Functions run from the data folder, so they are found even when their engine is gone.
    """
    return [each for each in _all() if str(place.data) in each.command or each.group in groups]


def _all() -> Iterator[Process]:
    for id_, command in commands():
        with suppress(ProcessLookupError, PermissionError):
            if command.strip():  # the dead that nobody has asked after have none
                yield Process(id_, os.getpgid(id_), command)
