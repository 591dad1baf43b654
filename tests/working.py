"""A shift at the dashboard in a browser: every view somebody comes to is looked at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from local.browser.chromium import axe_violations, tab
from local.browser.dashboard import SLOW_MS, AtTheDashboard
from local.browser.looks import too_wide
from local.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from local.browser.chromium import Tab
    from tests.cloud.world import World

HOST = "ops.localhost"
SESSION = "__Host-session"


@dataclass
class Shift:
    """Somebody of the staff, their tab, and what was found wrong in the views."""

    world: World
    opened: Tab
    wrong: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.opened.page

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.world.cloud.ports.edge}"

    def be(self, role: str) -> None:
        """Somebody who signed in at the desk next to it: tries of a name are counted."""
        kept, context = f"session of {role}", self.page.context
        if kept in self.world.tokens:
            value = self.world.tokens[kept]
            context.add_cookies(
                [{"name": SESSION, "value": value, "domain": HOST, "path": "/", "secure": True}]
            )
            self.go("/")
        else:
            self.sign_in(role)
            found = {each["name"]: each["value"] for each in context.cookies(self.base)}
            self.world.tokens[kept] = found[SESSION]

    def sign_in(self, role: str) -> None:
        AtTheDashboard(self.page, self.base).sign_in(role)

    def go(self, path: str) -> None:
        AtTheDashboard(self.page, self.base).go(path)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def open(self, label: str) -> Locator:
        """The dialog behind a button."""
        self.button(label).click(timeout=SLOW_MS)
        dialog = self.page.get_by_role("dialog", name=label)
        dialog.wait_for()
        return dialog

    def carry_out(self, dialog: Locator, label: str) -> None:
        """Press the dialog's own button; it closes when the API took it."""
        dialog.get_by_role("button", name=label, exact=True).click()
        expect(dialog).to_have_count(0, timeout=SLOW_MS)

    def shows(self, status: str) -> None:
        """Wait until the prescription that is open has come so far."""
        heading = self.page.locator("h1", has=self.page.locator("xpath=..")).last
        badge = heading.locator("xpath=..").get_by_text(status, exact=True)
        expect(badge).to_be_visible(timeout=SLOW_MS)

    def look(self) -> None:
        """Hold the view against the accessibility rules; nothing is wider than its screen."""
        place = self.page.url.removeprefix(self.base).partition("?")[0]
        found = sorted(set(axe_violations(self.page, root=ROOT)))
        self.wrong += [f"{place}: {violation}" for violation in found]
        self.wrong += [f"{place}: {fault}" for fault in too_wide(self.page)]


@contextmanager
def a_shift(world: World, browser: Browser, role: str = "", **how: Any) -> Iterator[Shift]:
    """A fresh browser, signed in where a role is given; no policy violated, no script broken."""
    with tab(browser, **how) as opened:
        shift = Shift(world, opened)
        if role:
            shift.be(role)
        yield shift
        assert shift.wrong == [], "\n".join(shift.wrong)
        assert opened.violations == []
        assert opened.errors == []
