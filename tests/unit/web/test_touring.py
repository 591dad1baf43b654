"""A tour that cannot be shown starts nothing."""

from __future__ import annotations

import argparse

import pytest

from local.cli import demo
from local.place import LocalError


def test_without_a_browser_a_tour_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr("local.browser.ensure.is_there", lambda: False)
    monkeypatch.setattr(demo, "bring_up", lambda *_, **__: started.append("cloud"))
    with pytest.raises(LocalError, match="apt install chromium"):
        demo.run_demo(argparse.Namespace(tour=True, once=True, place=None))
    assert started == []
