"""The sites are built when something of them has changed, and only with a Node that can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local.place import LocalError
from local.web import building, packages
from local.web.building import build_sites, digest_of
from local.web.packages import ensure_packages, lock_digest, version_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A workspace whose packages stand."""
    for name in ("package.json", "package-lock.json", "shared/money.ts", "portal/main.tsx"):
        write(tmp_path, name)
    write(tmp_path, "ops/main.tsx")
    write(tmp_path, packages.STAMP, lock_digest(tmp_path))
    return tmp_path


def write(web: Path, name: str, text: str = "1") -> None:
    path = web / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sites that npm was asked to build."""
    asked: list[str] = []

    def run(command: list[str], *, web: Path) -> str:
        asked.append(command[-1])
        write(web, f"{command[-1]}/dist/index.html")
        return ""

    monkeypatch.setattr(building, "run", run)
    return asked


@pytest.mark.parametrize(
    ("text", "version"), [("v20.19.1", (20, 19, 1)), ("v22.0.0", (22, 0, 0)), ("", ()), ("x", ())]
)
def test_a_version_is_read_from_what_node_says(text: str, version: tuple[int, ...]) -> None:
    assert version_of(text) == version


def test_what_stands_is_not_built_again(web: Path, built: list[str]) -> None:
    assert build_sites(print, web=web) == ["portal", "ops"]
    assert build_sites(print, web=web) == []
    assert built == ["portal", "ops"]


@pytest.mark.parametrize(
    ("changed", "sites"),
    [
        ("portal/main.tsx", ["portal"]),
        ("shared/money.ts", ["portal", "ops"]),
        ("package-lock.json", ["portal", "ops"]),
        ("portal/dist/assets/a.js", []),
        ("portal/node_modules/x/index.js", []),
    ],
)
def test_a_change_builds_what_is_made_of_it(
    web: Path, built: list[str], changed: str, sites: list[str]
) -> None:
    build_sites(print, web=web)
    built.clear()
    write(web, changed, "2")
    write(web, packages.STAMP, lock_digest(web))
    build_sites(print, web=web)
    assert built == sites


def test_a_name_is_part_of_what_a_site_is_made_of(web: Path) -> None:
    before = digest_of(web, "portal")
    (web / "portal/main.tsx").rename(web / "portal/start.tsx")
    assert digest_of(web, "portal") != before


def without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def with_an_old_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        tool = tmp_path / name
        tool.write_text("#!/bin/sh\necho v18.0.0\n")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")


@pytest.mark.parametrize(
    ("arrange", "line"), [(without, "install Node 22"), (with_an_old_one, "node is v18.0.0")]
)
def test_a_missing_or_old_node_is_told_in_one_line(
    web: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arrange: Callable[[pytest.MonkeyPatch, Path], None],
    line: str,
) -> None:
    write(web, "package-lock.json", "2")
    arrange(monkeypatch, tmp_path)
    with pytest.raises(LocalError, match=line) as refused:
        ensure_packages(print, web=web)
    assert "\n" not in str(refused.value)
