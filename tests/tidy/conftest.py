"""What the tidy tests read: every file that git tracks or would track."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in names.splitlines())
    return tuple(path for path in paths if path.is_file())


@pytest.fixture(scope="session")
def files() -> tuple[Path, ...]:
    return tracked()


@pytest.fixture(scope="session")
def sources(files: tuple[Path, ...]) -> dict[str, str]:
    """Every Python file's text by its path from the root."""
    return {str(path.relative_to(ROOT)): path.read_text() for path in files if path.suffix == ".py"}


@pytest.fixture(scope="session")
def texts(files: tuple[Path, ...]) -> dict[str, str]:
    """Every readable file's text by its path from the root."""
    found = {}
    for path in files:
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            found[str(path.relative_to(ROOT))] = content.decode(errors="replace")
    return found
