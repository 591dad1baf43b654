"""Warm CPU of the straight way's stages, in a process of their own.

On memory adapters it is the work of our own code; with the SDKs (DynamoDB, Step Functions, S3,
Stripe, Shippo against the embedded engine and the sandbox) it is what a warm Lambda spends.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.play import STAGES, Play
from bench.results import Result, median
from bench.world import memory_world, real_world
from local.environment import child_environment
from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.plan import Wanted

GROUP = "warm_cpu_ms"
TARGET_MS = 5.0
WARMING = 5
ROUNDS = {"memory": 40, "sdk": 15}


def measure_on_memory(wanted: Wanted) -> Iterator[Result]:
    """Every stage on the memory adapters."""
    if any(wanted(f"{GROUP}.{name}") for name in STAGES):
        spent = play_apart("memory", {})
        for name in (name for name in STAGES if wanted(f"{GROUP}.{name}")):
            yield Result(f"{GROUP}.{name}", median(spent[name], digits=2), "ms", TARGET_MS)


def measure_with_sdk(wanted: Wanted, environment: Mapping[str, str]) -> Iterator[Result]:
    """The same stages with the environment of deployed functions, SDKs and all."""
    if any(wanted(f"{GROUP}.{name}.sdk") for name in STAGES):
        spent = play_apart("sdk", environment)
        for name in (name for name in STAGES if wanted(f"{GROUP}.{name}.sdk")):
            yield Result(f"{GROUP}.{name}.sdk", median(spent[name], digits=2), "ms")


def play_apart(kind: str, environment: Mapping[str, str]) -> dict[str, list[float]]:
    """The CPU milliseconds of every call of every stage, by stage, warm-up left out."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "spent.json"
        done = subprocess.run(
            [sys.executable, "-m", "bench.warm", kind, str(out)],
            cwd=ROOT,
            env=child_environment(dict(environment)),
            stdout=subprocess.DEVNULL,  # the functions' log lines; writing them is measured too
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LocalError(f"the stages could not be played: {done.stderr[-600:]}")
        return dict(json.loads(out.read_text()))


def main() -> None:
    """`python -m bench.warm memory|sdk FILE`: play, and write what each call spent."""
    parser = argparse.ArgumentParser(prog="python -m bench.warm")
    parser.add_argument("kind", choices=list(ROUNDS))
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    play = Play(memory_world() if options.kind == "memory" else real_world())
    for _ in range(WARMING):
        play.once()
    play.spent = {name: [] for name in STAGES}
    for _ in range(ROUNDS[options.kind]):
        play.once()
    spent = {name: [each * 1000 for each in values] for name, values in play.spent.items()}
    options.out.write_text(json.dumps(spent))


if __name__ == "__main__":
    main()
