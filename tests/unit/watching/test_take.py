"""One set of saves: what is done is said, and so is what fails; the watching goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from local.place import LocalError, Place
from local.watching import loop

if TYPE_CHECKING:
    from local.cloud import Cloud

HANDLER = Path("functions/audit/handler.py")


class Running:
    """A cloud that is only asked what it is."""

    stage = "embedded"
    engine = outputs = None
    place = Place()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loop, "ROOT", tmp_path)
    (tmp_path / HANDLER).parent.mkdir(parents=True)
    (tmp_path / HANDLER).write_text("x = 1\n")
    return tmp_path


def said(*changed: Path) -> list[str]:
    lines: list[str] = []
    loop.take(list(changed), cast("Cloud", Running()), say=lines.append)
    return lines


def refused(*_: Any, **__: Any) -> int:
    raise LocalError("it is not there")


def test_a_syntax_error_is_told_and_nothing_is_pushed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "push", refused)
    (root / HANDLER).write_text("def broken(:\n")
    assert said(HANDLER) == [f"not deployed: {HANDLER}:1: invalid syntax"]


@pytest.mark.usefixtures("root")
def test_what_the_engine_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "push", refused)
    assert said(HANDLER) == ["not deployed: it is not there"]


@pytest.mark.usefixtures("root")
def test_a_push_is_told_with_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(loop, "push", lambda names, **_: asked.append(set(names)) or 1)
    (line,) = said(HANDLER)
    assert line.startswith(f"{HANDLER}: 1 function updated in ")
    assert asked == [{"audit"}]


@pytest.mark.usefixtures("root")
def test_a_package_is_pushed_to_every_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "push", lambda names, **_: len(names))
    (line,) = said(Path("layers/ncpdp/python/ncpdp/sig.py"), HANDLER)
    assert f"{len(loop.SPECS)} functions updated" in line


def test_a_file_that_runs_nowhere_is_passed_over() -> None:
    assert said(Path("layers/ncpdp/README.md")) == []
