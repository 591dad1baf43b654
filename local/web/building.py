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
SHARED = "shared"
NOT_SOURCE = {"node_modules", "dist"}
STAMP = ".built"


def build_sites(say: Callable[[str], None], *, web: Path = WEB) -> list[str]:
    """Bring the `dist` folders up to date; says which sites were built.

    Raises `LocalError` with the tool's own words when a build fails.
    """
    stale = {site: digest for site in SITES if (digest := _wanted(web, site))}
    if stale:
        ensure_packages(say, web=web)
        say(f"building the sites: {', '.join(stale)}")
    for site, digest in stale.items():
        run(["npm", "run", "build", "--silent", "--workspace", site], web=web)
        (web / site / "dist" / STAMP).write_text(digest)
    return list(stale)


def _wanted(web: Path, site: str) -> str | None:
    """What the site is to be built from, or nothing where that stands already."""
    digest, stamp = digest_of(web, site), web / site / "dist" / STAMP
    return None if stamp.is_file() and stamp.read_text() == digest else digest


def digest_of(web: Path, site: str) -> str:
    """Digest of everything a site is made of, names included."""
    top = (path for path in web.iterdir() if path.is_file())
    parts = [*top, *_sources(web / SHARED), *_sources(web / site)]
    digest = hashlib.sha256()
    for path in sorted(parts):
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
    print(f"sites built: {', '.join(built)}" if built else "sites unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
