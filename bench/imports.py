"""What a cold start costs in CPU and in code: importing each handler in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

from bench.packages import MB, code_bytes, path_of
from bench.results import Result, median
from infra_cdk.functions import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.plan import Wanted
    from infra_cdk.functions import FunctionSpec

ROUNDS = 5
INIT_MS = 400.0
INIT_MS_OF = {"payment": 550.0, "ship": 700.0}
CODE_MB = 250.0  # Lambda takes no more, unzipped, layers included
# -I and -S leave nothing on the path but the standard library, -B writes no .pyc beside it.
PYTHON = (sys.executable, "-I", "-S", "-B", "-c")
BARE = "import sys; sys.path[:0] = sys.argv[1].split(':')"
IMPORT = f"{BARE}; import importlib; importlib.import_module(sys.argv[2])"


def measure(wanted: Wanted) -> Iterator[Result]:
    """Init CPU with and without .pyc, and the unzipped size, of every function."""
    yield from _sizes([spec for spec in ALL if wanted(f"code_mb.{spec.name}")])
    specs = [spec for spec in ALL if wanted(f"init_cpu_ms.{spec.name}")]
    if specs:
        yield from _init(specs)


def _init(specs: Sequence[FunctionSpec]) -> Iterator[Result]:
    paths = {
        (spec.name, compiled): path_of(spec, compiled=compiled)
        for compiled in (True, False)
        for spec in specs
    }
    spent: dict[tuple[str, bool], list[float]] = {key: [] for key in paths}
    for _ in range(ROUNDS):  # round by round, so that a busy minute falls on everyone
        for key, path in paths.items():
            spent[key].append(import_cpu_ms(key[0], path))
    for (name, compiled), values in spent.items():
        target = INIT_MS_OF.get(name, INIT_MS) if compiled else None
        suffix = "" if compiled else ".no_pyc"
        yield Result(f"init_cpu_ms.{name}{suffix}", median(values), "ms", target)


def _sizes(specs: Sequence[FunctionSpec]) -> Iterator[Result]:
    for spec in specs:
        yield Result(f"code_mb.{spec.name}", round(code_bytes(spec) / MB, 1), "MB", CODE_MB)


def import_cpu_ms(function: str, path: Sequence[Path]) -> float:
    """User and system time of a fresh import, less that of an interpreter that imports nothing."""
    folders = ":".join(map(str, path))
    bare = _cpu_ms([*PYTHON, BARE, folders])
    return _cpu_ms([*PYTHON, IMPORT, folders, f"functions.{function}.handler"]) - bare


def _cpu_ms(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env={}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
