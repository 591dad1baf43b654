"""Staff at the dashboard, by hand: what the views call things is how they are found."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError  # noqa: A004 - the one that Playwright raises

from local.seed.users import PASSWORD, username

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

QUIET_MS = 10_000
LOADING = "main .mantine-Loader-root, main .mantine-Skeleton-root"
AT_WORK = re.compile("@")
"""The menu of whoever is signed in is called by their name."""
SLOW_MS = 60_000
"""What comes of work behind the page, where much else runs."""


@dataclass(frozen=True)
class AtTheDashboard:
    """The page, and where the dashboard is."""

    page: Page
    base: str

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.page.locator("h1:visible").first.wait_for(timeout=SLOW_MS)

    def sign_in(self, role: str) -> None:
        """By name and password, from wherever the sign-in was come to."""
        if "/sign-in" not in self.page.url:
            self.go("/sign-in")
        self.page.get_by_label("E-mail").fill(username(role))
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("navigation", name="Work").wait_for(timeout=SLOW_MS)

    def sign_out(self) -> None:
        self.page.get_by_role("button", name=AT_WORK).click()
        self.page.get_by_role("menuitem", name="Sign out").click()
        self.page.wait_for_url("**/sign-in*", timeout=SLOW_MS)

    def open(self, label: str) -> Locator:
        """The dialog behind a button."""
        self.page.get_by_role("button", name=label, exact=True).click(timeout=SLOW_MS)
        dialog = self.page.get_by_role("dialog", name=label)
        dialog.wait_for()
        return dialog

    def carry_out(self, dialog: Locator, label: str) -> None:
        """Press the dialog's own button; it closes when the API took it."""
        dialog.get_by_role("button", name=label, exact=True).click()
        dialog.wait_for(state="detached", timeout=SLOW_MS)

    def waits_for(self, status: str) -> None:
        """Until the prescription that is open has come so far."""
        beside = self.page.locator("h1").last.locator("xpath=..")
        beside.get_by_text(status, exact=True).wait_for(timeout=SLOW_MS)

    def settle(self) -> None:
        """Until everything that the view asked for is there; polling may never leave it idle."""
        with suppress(TimeoutError):
            self.page.wait_for_load_state("networkidle", timeout=QUIET_MS)
        self.page.locator(LOADING).first.wait_for(state="detached", timeout=SLOW_MS)
