"""Every one of the 255 changes at every position of every sample: `make fuzz` runs it."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.seeds import seeds
from tests.fuzz.survival import survives

CRASHES_MAX = 20


def main() -> int:
    """Damage the seeds in turn until the time is up; each crash is kept as a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--crashes", type=Path, default=Path("build/fuzz/crashes"))
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    tried = crashes = 0
    found = seeds()
    # Position by position over all seeds, so that a short run sees something of each.
    for place in range(max(map(len, found.values()))):
        for name, data in found.items():
            for change in range(1, 256 if place < len(data) else 0):
                damaged = bytearray(data)
                damaged[place] ^= change
                tried += 1
                if not _try(bytes(damaged), f"{name}-{place}-{change}", options.crashes):
                    crashes += 1
            if time.monotonic() > ends or crashes >= CRASHES_MAX:
                sys.stdout.write(f"{tried} changes up to position {place}, {crashes} crashes\n")
                return 1 if crashes else 0
    sys.stdout.write(f"{tried} changes, all there are, {crashes} crashes\n")
    return 1 if crashes else 0


def _try(data: bytes, name: str, folder: Path) -> bool:
    try:
        survives(data, as_json=False)
    except Exception:  # noqa: BLE001 - whatever it is, it should not have come out
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        sys.stderr.write(f"crash {name}\n{traceback.format_exc(limit=-3)}\n")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
