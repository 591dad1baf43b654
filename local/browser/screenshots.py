"""`python -m local.browser.screenshots`: every page of both sites, into docs/screenshots.

On a cloud of its own that begins empty, so that the pictures show the same day each time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from pharmonico.kit.clock import SystemClock

from local.browser.chromium import chromium, tab
from local.browser.dashboard import AtTheDashboard
from local.browser.ops_pictures import View, views
from local.browser.pictures import Album
from local.browser.portal_walk import Walk
from local.browser.routes import portal_routes
from local.browser.showcase import SEED, Showcase
from local.cli.cloud import stopwatch
from local.cli.load import HTTP, cast_of
from local.cloud import bring_down, bring_up
from local.demo.story import story
from local.place import ROOT, LocalError, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from local.cloud import Cloud

FOLDER = ROOT / "docs" / "screenshots"
DATA = ROOT / "build" / "screenshots"
LINK = "#t=pictured"  # what pages that are about a link need to have been opened by
SURNAME = "Doe"  # as the patient of the demo signs


def photograph_portal(browser: Browser, cloud: Cloud, album: Album) -> None:
    """The patient's way on a phone, then the pages that it does not come to."""
    visited: set[str] = set()

    def take(name: str, page: Page) -> None:
        visited.add(urlsplit(page.url).path)
        album.keep("portal", name, page)

    with tab(browser, phone=True, device_scale_factor=1) as opened:
        cast = story(cloud, say=print)
        Walk(cast, opened.page, take, surname=SURNAME).play(clock=SystemClock())
    base = cloud.ports.site_url("portal")
    for route in [each for each in portal_routes() if each not in visited]:
        with tab(browser, phone=True, device_scale_factor=1) as opened:
            opened.page.goto(f"{base}{route}{LINK}")
            opened.page.locator("h1").wait_for()
            if urlsplit(opened.page.url).path != route:
                raise LocalError(f"{route} needs a session: have the walk come to it")
            take(route.strip("/").replace("/", "-"), opened.page)


def photograph_ops(browser: Browser, cloud: Cloud, album: Album, found: list[View]) -> None:
    """Each view for who looks at it; those who sign in do it once."""
    base = cloud.ports.site_url("ops")
    album.names["ops"] = [view.name for view in found]
    for (role, phone), each in groupby(
        sorted(found, key=_onlooker), key=lambda view: (view.role, view.phone)
    ):
        with tab(browser, phone=phone, device_scale_factor=1) as opened:
            me, is_in = AtTheDashboard(opened.page, base), False
            for view in each:
                if not is_in and view.path != "/sign-in":
                    me.sign_in(role)
                    is_in = True
                me.go(view.path)
                me.settle()
                if view.act:
                    view.act(me)
                album.keep("ops", view.name, opened.page, whole=view.whole)


def _onlooker(view: View) -> tuple[bool, str, bool]:
    """The sign-in first, while nobody is signed in."""
    return (view.path != "/sign-in", view.role, view.phone)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, help="another folder")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(DATA, ignore_errors=True)
    place, say = Place(data=DATA), stopwatch()
    try:
        count = _take(place, Album(asked.into), say)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    finally:
        bring_down(place)
    print(f"{count} pictures in {asked.into}")
    return 0


def _take(place: Place, album: Album, say: Callable[[str], None]) -> int:
    cloud = bring_up(place, port="", say=say)
    with chromium() as browser:
        photograph_portal(browser, cloud, album)
        with httpx.Client(**HTTP) as http:
            day = SystemClock().now().date()
            shown = Showcase(cloud, cast_of(cloud, http, seed=SEED, day=day), say)
            shown.fill()
        photograph_ops(browser, cloud, album, views(shown))
    return album.finish()


if __name__ == "__main__":
    sys.exit(main())
