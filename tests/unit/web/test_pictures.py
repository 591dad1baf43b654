"""Pictures: no route is forgotten, and what is of no page any more goes away."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

import pytest
from pharmonico.fulfillment.status import Status
from PIL import Image

from local.browser import ops_pictures
from local.browser.ops_pictures import STATES, views
from local.browser.pictures import Album
from local.browser.routes import ops_places
from local.browser.showcase import Showcase
from local.load.playing import Played
from local.place import LocalError
from local.synthetic.cases import case

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from local.cloud import Cloud
    from local.load.playing import Cast


class Blank:
    """A page that is white."""

    def emulate_media(self, *, color_scheme: str) -> None:
        self.scheme = color_scheme

    def wait_for_function(self, words: str, *, arg: str) -> None:
        assert (bool(words), arg) == (True, self.scheme)

    def evaluate(self, words: str) -> None:
        assert "scroll" in words

    def screenshot(self, **_: object) -> bytes:
        out = BytesIO()
        Image.new("RGB", (8, 8), "white").save(out, format="PNG")
        return out.getvalue()


def a_day() -> Showcase:
    """One prescription in every state."""
    played = [Played(case(0, seed=1), f"rx_{status}", status=status) for status in Status]
    nobody, nothing = cast("Cast", None), cast("Cloud", None)
    return Showcase(nothing, nobody, print, played, endpoint="whe_1")


def test_every_place_of_the_dashboard_has_a_picture() -> None:
    found = views(a_day())
    pictured = {view.path.partition("?")[0] for view in found}
    places = {place.partition("?")[0] for place in ops_places("rx_completed")}
    assert places - {"/"} <= pictured
    assert len({view.name for view in found}) == len(found)


def test_every_state_that_is_pictured_has_its_own() -> None:
    pictured = {view.name for view in views(a_day())}
    assert {f"rx-{name}" for name in STATES} <= pictured


def test_a_route_that_nothing_is_known_for_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ops_pictures, "ops_routes", lambda: ["/batches/$id"])
    with pytest.raises(LocalError, match=r"/batches/\$id"):
        views(a_day())


def test_an_album_holds_both_themes_and_nothing_of_before(tmp_path: Path) -> None:
    (tmp_path / "portal-gone-dark.png").touch()
    album, page = Album(tmp_path), cast("Page", Blank())
    album.keep("portal", "landing", page)
    assert album.finish() == 2
    assert sorted(path.name for path in tmp_path.glob("*.png")) == [
        "portal-landing-dark.png",
        "portal-landing-light.png",
    ]
    assert "portal-landing-dark.png" in (tmp_path / "README.md").read_text()
