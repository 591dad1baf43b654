"""`python -m local.browser.ensure`: see to a Chromium before the browser tests begin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from local.browser.chromium import MISSING, chromium_path
from local.place import LocalError

FROM_DISTRIBUTION = ["apt-get", "install", "--yes", "--quiet", "chromium"]
FROM_PLAYWRIGHT = [sys.executable, "-m", "playwright", "install", "chromium"]


def is_there() -> bool:
    """Whether one can be started: the distribution's, or the one Playwright brought."""
    if chromium_path():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


def require() -> None:
    """`LocalError` with what to install, where there is none."""
    if not is_there():
        raise LocalError(MISSING)


def ways() -> list[list[str]]:
    """What may be tried, the distribution's package first where this user may install it."""
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    return [FROM_DISTRIBUTION, FROM_PLAYWRIGHT] if may_install else [FROM_PLAYWRIGHT]


def main() -> int:
    if is_there():
        return 0
    for command in ways():
        print(f"pharmonico: no Chromium yet: {' '.join(command)}")
        subprocess.run(command, check=False)
        if is_there():
            return 0
    print(f"pharmonico: {MISSING}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
