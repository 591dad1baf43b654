"""Functions that outlive an engine that was killed: they run on, and nobody hears them."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")


def end_orphans(scratch: Path) -> int:
    """Kill what still runs from a dead engine's scratch folder; says how many there were.

    The folder is this engine's alone, so nothing else can be meant: its old process group, which
    the system may have given to others since, could not tell that.
    """
    orphans = [id_ for id_, command in commands() if f"{scratch}/" in command]
    for orphan in orphans:
        with suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)
    return len(orphans)


def commands() -> Iterator[tuple[int, str]]:
    """Every process with its command line, where the system lets us see it."""
    if not (PROC / "self" / "cmdline").exists():
        yield from _listed()
        return
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            words = (folder / "cmdline").read_bytes().split(b"\0")
            yield int(folder.name), b" ".join(words).decode(errors="replace")


def _listed() -> Iterator[tuple[int, str]]:
    """Where there is no /proc, there is a ps."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,command="], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        id_, _, command = line.strip().partition(" ")
        yield int(id_), command
