"""`pharmonico search rebuild` goes on until the API has no more."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from local.cli import search

if TYPE_CHECKING:
    import pytest


class Api:
    """Three stretches."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        assert path == "/api/v1/search/rebuild"
        self.asked.append(body)
        number = len(self.asked)
        return {"seen": 25, "changed": number, "next_cursor": f"c{number}" if number < 3 else None}


def test_every_stretch_is_asked_for_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    api = Api()
    monkeypatch.setattr(search, "client_of", lambda place, role: api)
    search.run_rebuild(Namespace(place=None))
    assert api.asked == [{}, {"cursor": "c1"}, {"cursor": "c2"}]
    assert capsys.readouterr().out.splitlines()[-1] == "75 looked at, 6 put anew"
