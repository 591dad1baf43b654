"""How fast the codec reads, writes and checks, beside others that do the same, in one process.

The peers do the same job: each gives every value of the message, which is looked at before
anything is measured. They live in a folder of their own below `build/`, from their own lock: the
project does not need them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bench.results import Result
from local.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.plan import Wanted

LOCK = ROOT / "requirements" / "bench.txt"
PEERS = ROOT / "build" / "bench" / "peers"
LAYER = ROOT / "layers" / "ncpdp" / "python"
GROUPS = ("script", "d0", "ncpdp", "peers")
TARGETS: dict[str, tuple[float, bool]] = {
    "script.parse_ratio_elementtree": (3.0, False),
    "d0.decode_per_cpu_s": (20_000, True),
    "d0.encode_per_cpu_s": (20_000, True),
    "ncpdp.import_ms": (30, False),
}
"""Name, target, and whether more is better; the others are held against a figure beside them."""


def measure(wanted: Wanted) -> Iterator[Result]:
    """Every figure of the codec that is asked for; one run measures all of them side by side."""
    if not any(wanted(group) for group in GROUPS):
        return
    _peers()
    path = os.pathsep.join(map(str, (ROOT, LAYER, PEERS)))
    # -I keeps everything else out; the path is handed over because -I ignores the environment.
    program = "import sys; sys.path[:0] = sys.argv[1].split(sys.argv[2]); "
    command = [sys.executable, "-I", "-c", f"{program}from bench.codec_rounds import main; main()"]
    done = subprocess.run([*command, path, os.pathsep], stdout=subprocess.PIPE, check=True)
    figures: dict[str, dict[str, Any]] = json.loads(done.stdout)
    targets = TARGETS | _relative(figures)
    for name, figure in figures.items():
        if wanted(name):
            target, is_more = targets.get(name, (None, False))
            better: Any = "higher" if is_more else "lower"
            yield Result(name, figure["median"], figure["unit"], target, better)
            yield Result(f"{name}.best", figure["best"], figure["unit"], None, better)


def _relative(figures: dict[str, dict[str, Any]]) -> dict[str, tuple[float, bool]]:
    """Writing, built or changed, may take as long as reading, checking half of that; no peer may
    be faster."""
    read = figures["script.parse_us"]["median"]
    tree = "peers.elementtree_us"  # it gives no model: it is the yardstick, no peer
    peers = [
        one["median"] for name, one in figures.items() if name.startswith("peers.") and name != tree
    ]
    return {
        "script.parse_us": (min(peers), False),
        "script.write_us": (read, False),
        "script.write_renamed_us": (read, False),
        "script.write_changed_us": (read, False),
        "script.check_us": (round(read / 2, 1), False),
    }


def _peers() -> None:
    stamp = PEERS / ".lock"
    if stamp.exists() and stamp.read_text() == LOCK.read_text():
        return
    shutil.rmtree(PEERS, ignore_errors=True)
    PEERS.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    where = ["--require-hashes", "--no-deps", "--target", str(PEERS), "--requirement", str(LOCK)]
    subprocess.run([*pip, *where], check=True)
    stamp.write_text(LOCK.read_text())
