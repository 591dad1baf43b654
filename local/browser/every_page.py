"""Each route of a site is come to once and looked at; a route that nobody comes to is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from local.browser.looks import faults
from local.browser.portal_walk import Walk
from local.browser.routes import ops_places, portal_routes
from local.place import ROOT, LocalError

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock
    from playwright.sync_api import Page

    from local.demo.story import Story

DETOUR = "check-answers"
"""Everything is filled in there and nothing is sent, so that most pages can be opened."""
SLOW_MS = 60_000


@dataclass
class Tour:
    """The page, where it has been, and what was wrong there: `address: fault`, one line each."""

    page: Page
    visited: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Judge what stands there now, in every look."""
        place = self._place
        self.visited.add(place)
        self.wrong += [f"{place}: {fault}" for fault in faults(self.page, root=ROOT)]

    def through_ops(self, base: str, *, prescription: str) -> None:
        """Every view for somebody who is signed in already."""
        for place in ops_places(prescription):
            self.page.goto(base + place)
            self.page.locator("h1:visible").first.wait_for(timeout=SLOW_MS)
            self.page.wait_for_load_state("networkidle", timeout=SLOW_MS)
            self.look()

    def through_portal(self, told: Story, *, clock: Clock) -> str:
        """A patient's whole way, and every other page from the middle of it; the prescription."""

        def see(name: str, _: Page) -> None:
            self.look_at_portal()
            if name == DETOUR:
                self._detour()

        prescription = Walk(told, self.page, see).play(clock=clock)
        missed = set(portal_routes()) - self.visited
        if missed:
            raise LocalError(f"nobody came to {', '.join(sorted(missed))}")
        return prescription

    def look_at_portal(self) -> None:
        """The page as it stands once nothing is fetched for it any more."""
        self.page.locator("h1").wait_for()
        self.page.locator(".loading").wait_for(state="detached")
        self.look()

    def _detour(self) -> None:
        """What the way does not come to: late pages lead elsewhere from here, and come by then."""
        here = self.page.url
        base = here.removesuffix(self._place)
        for route in portal_routes():
            if route in self.visited:
                continue
            self.page.goto(base + route)
            self.page.locator("h1").wait_for()
            if self._place not in self.visited:
                self.look_at_portal()
        self.page.goto(here)

    @property
    def _place(self) -> str:
        return urlsplit(self.page.url).path
