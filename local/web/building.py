"""`python -m local.web.building`: build both sites, unless nothing of them has changed."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

from local.place import LocalError
from local.web.packages import WEB, ensure_packages, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SITES = ("portal", "ops")
NOT_SOURCE = {"node_modules", "dist"}
STAMP = ".built"


def build_sites(say: Callable[[str], None], *, web: Path = WEB) -> bool:
    """Bring both `dist` folders up to date; says whether anything was built.

    Raises `LocalError` with the tool's own words when the build fails.
    """
    wanted = digest_of(web)
    stamps = [web / site / "dist" / STAMP for site in SITES]
    if all(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps):
        return False
    ensure_packages(say, web=web)
    say("building the sites")
    run(["npm", "run", "build", "--silent"], web=web)
    for stamp in stamps:
        stamp.write_text(wanted)
    return True


def digest_of(web: Path) -> str:
    """Digest of every source of the workspace, names included."""
    digest = hashlib.sha256()
    for path in sorted(_sources(web)):
        digest.update(f"{path.relative_to(web)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in NOT_SOURCE:
            yield from _sources(path)
        elif path.is_file():
            yield path


def main() -> int:
    try:
        built = build_sites(print)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    print("sites built" if built else "sites unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
