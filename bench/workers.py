"""The CPU that function processes have used, as the kernel counts it (Linux)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")
NAME = "AWS_LAMBDA_FUNCTION_NAME="
SCRATCH = "TMPDIR="
NS = 1e9


def cpu_seconds(scratch: Path) -> dict[str, float]:
    """By function, what its processes under the engine with that scratch folder have run so far."""
    spent: defaultdict[str, float] = defaultdict(float)
    for process in PROC.glob("[0-9]*"):
        try:
            environment = (process / "environ").read_text(errors="replace").split("\0")
            ran_ns = int((process / "schedstat").read_text().split()[0])
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
        names = [line.removeprefix(NAME) for line in environment if line.startswith(NAME)]
        if names and f"{SCRATCH}{scratch}" in environment:
            spent[names[0].rpartition("-")[2]] += ran_ns / NS
    return spent
