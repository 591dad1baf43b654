"""Find a Chromium and open it; what it must not do is noted while it runs."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import Error, sync_playwright

from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
TIMEOUT_MS = 30_000
MISSING = "no Chromium to drive: apt install chromium, or .venv/bin/playwright install chromium"
Scheme = Literal["light", "dark"]

# Told through a binding, so that a report outlives the page it is about.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.tellViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`));
"""


@dataclass
class Tab:
    """A page in a browser of its own, with everything that went wrong in it."""

    page: Page
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        """Refusals of the API are answers, not errors of the page."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)


def chromium_path() -> str | None:
    """The distribution's Chromium; None leaves it to Playwright's own."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None)


@contextmanager
def chromium(*, pace_ms: int | None = None) -> Iterator[Browser]:
    """A browser without a window, or with one at a pace that eyes can follow.

    `LocalError` says what to install where there is none.
    """
    # Chromium refuses to sandbox itself for the superuser, as in containers.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(),
                args=options,
                headless=pace_ms is None,
                slow_mo=pace_ms,
            )
        except Error as error:
            raise LocalError(_trouble(error, playwright.chromium.executable_path)) from error
        try:
            yield browser
        finally:
            browser.close()


def _trouble(error: Error, own: str) -> str:
    """Either there is none, or it said why it does not start."""
    if not chromium_path() and not Path(own).is_file():
        return MISSING
    errors = [line for line in error.message.splitlines() if "ERROR" in line]
    about_display = [line for line in errors if "DISPLAY" in line]
    said = (about_display or errors[-1:] or error.message.splitlines())[0]
    return f"Chromium does not start: {said.rpartition('] ')[2]}"


@contextmanager
def tab(
    browser: Browser,
    *,
    phone: bool = False,
    scheme: Scheme = "light",
    locale: str = "en-US",
    **options: Any,
) -> Iterator[Tab]:
    """A fresh profile with one page; a phone has touch and a small, dense screen."""
    device: dict[str, Any] = {"viewport": PHONE if phone else DESK}
    if phone:
        device |= {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
    context = browser.new_context(**{**device, "color_scheme": scheme, "locale": locale, **options})
    context.set_default_timeout(TIMEOUT_MS)
    opened = Tab(context.new_page())
    context.expose_binding("tellViolation", lambda _, words: opened.violations.append(words))
    context.add_init_script(LISTEN)
    opened.page.on("console", opened.heard)
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    try:
        yield opened
    finally:
        context.close()


def picture_of(page: Page, *, whole: bool = True) -> bytes:
    """A PNG from the top of the page on; what sticks to the screen's edge stays at the top."""
    page.evaluate("scrollTo(0, 0)")
    return page.screenshot(full_page=whole, animations="disabled")


AXE = Path("web/node_modules/axe-core/axe.min.js")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def axe_violations(page: Page, *, root: Path) -> list[str]:
    """What axe finds on the page as it stands: `rule: element`, one line each."""
    if not page.evaluate("'axe' in window"):
        source = (root / AXE).read_text()
        # Evaluated by the debugger, which no content policy stops.
        page.evaluate(f"(() => {{ {source} }})()")
    asked = {"runOnly": {"type": "tag", "values": list(RULES)}}
    found = page.evaluate("(options) => axe.run(document, options)", asked)
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
