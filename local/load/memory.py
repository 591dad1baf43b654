"""How much memory a running cloud takes, its functions' processes among it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

PROC = Path("/proc")
EVERY_S = 5.0
SESSION = 3  # of the fields after the name in /proc/<pid>/stat
KIB = 1024


def memory_of(sessions: Iterable[int], *, proc: Path = PROC) -> int:
    """Bytes of all processes in these sessions, shared pages counted once; 0 where unknown."""
    wanted = set(sessions)
    return sum(_proportional(folder) for folder in _processes(proc) if _session(folder) in wanted)


def _processes(proc: Path) -> list[Path]:
    return [folder for folder in proc.glob("[0-9]*") if folder.is_dir()]


def _session(folder: Path) -> int | None:
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        return int(fields[SESSION])
    except (OSError, IndexError, ValueError):
        return None  # it ended while it was looked at


def _proportional(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith("Pss:"))


class Watched:
    """Looks every few seconds while it is entered; `peak` is the most that was seen, in bytes."""

    def __init__(self, sessions: Iterable[int]) -> None:
        self.peak = 0
        self._sessions = tuple(sessions)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, memory_of(self._sessions))
            if self._ended.wait(EVERY_S):
                return
