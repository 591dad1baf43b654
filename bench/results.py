"""One figure, its target, and the list they are kept in."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from local.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RESULTS = ROOT / "bench" / "results.json"
CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Result:
    """A figure; a target of None means it is only watched."""

    name: str
    value: float
    unit: str
    target: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def verdict(self) -> str:
        """In a word how the figure stands to its target."""
        if self.target is None:
            return ""
        good = self.value <= self.target if self.better == "lower" else self.value >= self.target
        return "ok" if good else "OVER" if self.better == "lower" else "UNDER"


def median(values: Iterable[float], *, digits: int = 1) -> float:
    """The middle one, rounded: machines that measure are busy with other things as well."""
    return round(statistics.median(values), digits)


def table(results: Sequence[Result]) -> str:
    """What `make bench` prints."""
    width = max((len(result.name) for result in results), default=0)
    return "\n".join(
        f"  {result.name:{width}} {result.value:>10,g} {result.unit:6}"
        f" {_wanted(result):>10} {result.verdict}"
        for result in results
    )


def keep(results: Sequence[Result], *, path: Path = RESULTS) -> None:
    """Put the figures into the list in place of older ones of the same name; the rest stays."""
    before = json.loads(path.read_text())["results"] if path.exists() else []
    fresh = {result.name: asdict(result) for result in results}
    merged = {row["name"]: row for row in before} | fresh
    content = {"commit": commit(), "machine": machine(), "results": list(merged.values())}
    path.write_text(json.dumps(content, indent=1) + "\n")


def commit() -> str:
    """The short hash that was measured, with a plus when the tree differs from it."""
    head = _git("rev-parse", "--short", "HEAD")
    others = (".", ":!bench/results.json")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", *others)
    return f"{head}+" if changed else head


def machine() -> str:
    """What the figures were measured on, and how busy it was with other things."""
    load = os.getloadavg()[0]
    python = platform.python_version()
    return f"{platform.machine()}, {cores()}, Python {python}; medians, load average {load:.0f}"


def cores() -> str:
    """Count and model of the processor, as far as the system tells."""
    lines = CPUINFO.read_text().splitlines() if CPUINFO.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} x {models[0]}" if models else "unknown processor"


def _wanted(result: Result) -> str:
    if result.target is None:
        return ""
    return f"{'<=' if result.better == 'lower' else '>='} {result.target:g}"


def _git(*words: str) -> str:
    done: Any = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return str(done.stdout).strip()
