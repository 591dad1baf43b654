"""A patient's visit in a browser: every page they come to is looked at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local.browser.chromium import axe_violations, tab
from local.browser.looks import NARROW, too_wide
from local.browser.patient import AtThePortal
from local.place import ROOT
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from local.browser.chromium import Tab
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World


@dataclass
class Visit:
    """The patient, the tab, and what was found wrong on the pages."""

    world: World
    opened: Tab
    me: AtThePortal = field(init=False)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.me = AtThePortal(self.page, self.world.partners)

    @property
    def page(self) -> Page:
        return self.opened.page

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """Hold the page against the accessibility rules, and against a narrow screen."""
        self.page.locator("h1").wait_for()
        self.page.locator(".loading").wait_for(state="detached")
        place = self.page.url.partition("?")[0]
        found = axe_violations(self.page, root=ROOT)
        self.wrong += [f"{place}: {violation}" for violation in found]
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW, "height": 640})
        self.wrong += [f"{place}: {fault}" for fault in too_wide(self.page)]
        if before:
            self.page.set_viewport_size(before)


STEPS_MAX = 40
IS_CALLED = """(name) => {
  const it = document.activeElement;
  const said = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText ?? "";
  return new RegExp(name).test(said.trim());
}"""


@dataclass(frozen=True)
class Keys:
    """Hands that have no mouse."""

    page: Page

    def to(self, selector: str) -> Keys:
        """Tab on until the element has the focus."""
        self.page.locator(selector).first.wait_for(state="attached")
        for _ in range(STEPS_MAX):
            self.press("Tab")
            if self.page.evaluate("(it) => document.activeElement.matches(it)", selector):
                return self
        raise AssertionError(f"no way to {selector} by keyboard")

    def to_named(self, name: str, *, steps_max: int = STEPS_MAX) -> Keys:
        """Tab on until what has the focus is called so: its label, or its words (a pattern)."""
        for _ in range(steps_max):
            self.press("Tab")
            if self.page.evaluate(IS_CALLED, name):
                return self
        raise AssertionError(f"no way to {name} by keyboard")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def take_up(self, task: str) -> None:
        """Follow a task of the list."""
        self.page.wait_for_url("**/tasks")
        self.to(f"a[href='/{task}']").press("Enter")
        self.page.wait_for_url(f"**/{task}")


@contextmanager
def a_visit(world: World, browser: Browser, **how: Any) -> Iterator[Visit]:
    """A fresh browser; nothing may be wrong on a page, no policy violated, no script broken."""
    with tab(browser, **how) as opened:
        visit = Visit(world, opened)
        yield visit
        assert visit.wrong == []
        assert opened.violations == []
        assert opened.errors == []


def paying_link(rx: Prescription) -> str:
    """The link of the payment message."""
    partners, address = rx.world.partners, rx.message.address
    return until(lambda: partners.mailed_link(address, "/pay#r="), "the payment mail")
