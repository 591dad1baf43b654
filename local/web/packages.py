"""`python -m local.web.packages`: what the sites' lock names, installed when it changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WEB = ROOT / "web"
NODE_MIN = (20, 19)
STAMP = "node_modules/.pharmonico"


def ensure_packages(say: Callable[[str], None], *, web: Path = WEB) -> None:
    """Install what the lock names, unless this stands already; `LocalError` without Node."""
    stamp, wanted = web / STAMP, lock_digest(web)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    require_node()
    say("installing the sites' packages (once, half a minute)")
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], web=web)
    stamp.write_text(wanted)


def lock_digest(web: Path) -> str:
    return hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()


def require_node() -> None:
    """One clear line where Node or its package manager is missing or too old."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise LocalError("node or npm is missing: install Node 22 (nodejs.org), 20.19 is enough")
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = asked.stdout.strip()
    if version_of(version) < NODE_MIN:
        raise LocalError(f"node is {version}: the sites are built with 20.19 or newer")


def version_of(text: str) -> tuple[int, ...]:
    """`v20.19.1` as (20, 19, 1); what is no version is older than any."""
    parts = text.removeprefix("v").split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else ()


def run(command: list[str], *, web: Path = WEB) -> str:
    """Run a tool in the workspace and answer what it wrote; its own words say what went wrong."""
    done = subprocess.run(command, cwd=web, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(part for part in (done.stdout, done.stderr) if part.strip())
        raise LocalError(f"{' '.join(command)} failed in web/:\n{said.strip()}")
    return done.stdout


def main() -> int:
    try:
        ensure_packages(print)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
