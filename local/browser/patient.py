"""A patient at the portal, by hand: what the pages call things is how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.demo.patient import CONSENT, DATE_OF_BIRTH, DELIVERY, INSURANCE
from local.demo.story import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from local.demo.sandbox import Sandbox

TEXT_FIELDS = ("bin", "pcn", "group", "member_id")
ADDRESS_FIELDS = ("name", "line1", "city", "postal_code", "phone")


@dataclass(frozen=True)
class AtThePortal:
    """The page, and the phone that codes are sent to."""

    page: Page
    phone: Sandbox

    def open(self, link: str, *, born: str = DATE_OF_BIRTH) -> None:
        """From the message to the list of tasks."""
        self.page.goto(link)
        self.page.locator("a.button").click()
        self.born_on(born)
        self.page.wait_for_url("**/tasks")

    def born_on(self, born: str) -> None:
        year, month, day = born.split("-")
        for field, value in (("#date_of_birth", month), ("#day", day), ("#year", year)):
            self.page.fill(field, value)
        self.submit()

    def submit(self) -> None:
        self.page.locator("form button[type=submit]").click()

    def take_up(self, task: str) -> None:
        """Follow a task of the list."""
        self.page.locator(f"a[href='/{task}']").click()
        self.page.wait_for_url(f"**/{task}")

    def insurance(self, answers: dict[str, str] = INSURANCE) -> None:
        self.take_up("insurance")
        for name in TEXT_FIELDS:
            self.page.fill(f"#{name}", answers[name])
        self.submit()
        self.page.wait_for_url("**/tasks")

    def photo(self, file: Path, side: str = "front") -> None:
        """Choose a file; the page makes it smaller and sends it by itself."""
        self.page.set_input_files("#chosen", file)
        self.page.locator(".good").wait_for()
        onward = "**/photos/back" if side == "front" else "**/tasks"
        self.page.locator("main a.button").click()
        self.page.wait_for_url(onward)

    def delivery(self) -> None:
        self.take_up("delivery")
        for name in ADDRESS_FIELDS:
            self.page.fill(f"#{name}", DELIVERY[name])
        self.page.select_option("#state", DELIVERY["state"])
        self.submit()
        self.page.wait_for_url("**/tasks")

    def consent(self) -> None:
        self.take_up("consent")
        self.page.check("#treatment")
        self.page.check("#privacy")
        self.page.fill("#signed_name", str(CONSENT["signed_name"]))
        self.submit()
        self.page.wait_for_url("**/tasks")

    def code(self) -> None:
        """Have a code sent, read it and type it; what was texted before is of no use."""
        last = self.phone.last_text()
        self.submit()
        self.page.wait_for_url("**/code/enter*")
        self.page.fill("#code", wait_until(lambda: self.phone.code(since=last), "the code by SMS"))
        self.submit()

    def check_and_send(self) -> None:
        """Confirm by code where it is asked for, look at everything, send it."""
        self.page.locator("main a.button").click()
        self.page.wait_for_url(lambda url: "/code" in url or url.endswith("/check"))
        if "/code" in self.page.url:
            self.code()
            self.page.wait_for_url("**/check")
        self.submit()
        self.page.wait_for_url("**/done")
        self.page.locator(".reference").first.wait_for()
