"""A page in every look it has: both themes at both widths, and narrow as at 400 %."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from local.browser.chromium import DESK, PHONE, Scheme, axe_violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
NARROW = 320
"""A page of 1280 pixels at 400 %."""

WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# The dashboard answers a change of the theme by script; colours on their way are none to judge.
SETTLED = """(scheme) => {
  const shown = document.documentElement.dataset.mantineColorScheme;
  const isMoving = (it) => it instanceof CSSTransition && it.playState === "running";
  return (!shown || shown === scheme) && !document.getAnimations().some(isMoving);
}"""


def faults(page: Page, *, root: Path) -> list[str]:
    """What is wrong in each look, one line each; the page is left at the width it had."""
    before = page.viewport_size
    wrong: list[str] = []
    for screen, scheme in product((DESK, PHONE), SCHEMES):
        page.set_viewport_size({"width": screen["width"], "height": screen["height"]})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(SETTLED, arg=scheme)
        found = sorted(set(axe_violations(page, root=root)))
        wrong += [f"{scheme}, {screen['width']} pixels: {violation}" for violation in found]
        wrong += too_wide(page)
    page.set_viewport_size({"width": NARROW, "height": 640})
    wrong += too_wide(page)
    if before:
        page.set_viewport_size(before)
    return wrong


def too_wide(page: Page) -> list[str]:
    """Said where the whole page has to be scrolled sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [f"wider than {width} pixels"] if page.evaluate(WIDER) else []
