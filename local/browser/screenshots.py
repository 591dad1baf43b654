"""`python -m local.browser.screenshots [--data FOLDER]`: every page, into docs/screenshots."""

from __future__ import annotations

import argparse
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pharmonico.kit.clock import SystemClock
from PIL import Image

from local.browser.chromium import Scheme, chromium, tab
from local.browser.portal_walk import Walk
from local.cloud import running_cloud
from local.demo.story import story
from local.place import ROOT, LocalError, Place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from local.cloud import Cloud

FOLDER = ROOT / "docs" / "screenshots"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COLOURS = 64


def keep(page: Page, path: Path) -> None:
    """The whole page in few colours, which is a quarter of the bytes."""
    taken = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def photograph_portal(browser: Browser, cloud: Cloud, scheme: Scheme) -> int:
    """The patient's pages on a phone; says how many."""
    taken: list[str] = []

    def take(name: str, page: Page) -> None:
        taken.append(name)
        keep(page, FOLDER / f"portal-{len(taken):02}-{name}-{scheme}.png")

    with tab(browser, phone=True, scheme=scheme, device_scale_factor=1) as opened:
        Walk(story(cloud, say=print), opened.page, take).play(clock=SystemClock())
    return len(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="another local cloud's folder")
    asked = parser.parse_args()
    place = Place(data=asked.data.resolve()) if asked.data else Place()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        cloud = running_cloud(place)
        with chromium() as browser:
            taken = sum(photograph_portal(browser, cloud, scheme) for scheme in SCHEMES)
    except LocalError as error:
        print(f"pharmonico: {error}", file=sys.stderr)
        return 1
    print(f"{taken} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
