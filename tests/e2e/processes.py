"""The processes of one local cloud, as the operating system sees them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.place import Place


@dataclass(frozen=True)
class Process:
    """One line of `ps`."""

    id: int
    group: int
    command: str


def group_of(place: Place, name: str) -> int:
    """The process group of a part: its own id, since it leads a session."""
    return int(place.pid(name).read_text())


def processes_of(place: Place, *groups: int) -> list[Process]:
    """Whatever names the data folder or belongs to one of the groups, zombies left out.

    Functions run from the data folder, so they are found even when their engine is gone.
    """
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,command="],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = []
    for line in listed.splitlines():
        id_, group, state, command = line.split(maxsplit=3)
        ours = str(place.data) in command or int(group) in groups
        if ours and not state.startswith("Z"):
            found.append(Process(int(id_), int(group), command))
    return found
