"""`make demo` as a new user has it: from a clean clone to a delivered prescription."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.results import Result
from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "demo.clean_clone_wall_s"


def measure() -> Iterator[Result]:
    """Clone what is committed, run the demo there, and time all of it, the packages included."""
    with tempfile.TemporaryDirectory(prefix="pharmonico-") as folder:
        clone = Path(folder) / "pharmonico"
        start = time.monotonic()
        _run(["git", "clone", "--quiet", str(ROOT), str(clone)])
        _run(["make", "-C", str(clone), "demo", "ONCE=1"])
        yield Result(NAME, round(time.monotonic() - start, 1), "s")


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode:
        raise LocalError(f"{' '.join(command[:2])} failed in the clone; what it said is above")
