"""The staff's half of one prescription's way, view by view, for a tour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.browser.dashboard import SLOW_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from local.browser.dashboard import AtTheDashboard

WAITING = re.compile(r"^\d+ new$")
A_PHARMACY = re.compile(r"^Choose (?!another)")
INVITE = "Invite the patient"
BEHIND = (
    ("failures", "/work/failures"),
    ("health", "/system"),
)
"""What is looked at when the prescription is delivered."""


@dataclass(frozen=True)
class OpsWalk:
    """Whoever sits at the dashboard, and who is told of every view that stands."""

    me: AtTheDashboard
    seen: Callable[[str, Page], None]

    def begin(self) -> None:
        """The sign-in and the list that the day begins with."""
        self.me.go("/sign-in")
        self.shown("sign-in")
        self.me.sign_in("ops")

    def invite(self, prescription: str) -> None:
        """From the list into the prescription; the patient is asked for what is missing."""
        self.me.go("/work/intake")
        row = self.me.page.locator(f"a[data-row-link][href*='{prescription}']")
        new = self.me.page.get_by_role("button", name=WAITING)
        row.or_(new).first.wait_for(timeout=SLOW_MS)
        if new.is_visible():  # whatever came since waits behind it
            new.click()
        row.wait_for(timeout=SLOW_MS)
        self.shown("list")
        row.click()
        self.me.waits_for("Validated")
        self.shown("validated")
        dialog = self.me.open(INVITE)
        self.shown("invitation")
        self.me.carry_out(dialog, INVITE)
        self.me.waits_for("Awaiting enrollment")
        self.shown("awaiting-enrollment")

    def select(self, prescription: str) -> None:
        """The first of the ranking; the claim follows by itself."""
        self.me.go(f"/prescriptions/{prescription}")
        self.me.waits_for("Awaiting pharmacy selection")
        best = self.me.page.get_by_role("button", name=A_PHARMACY).first
        best.wait_for(timeout=SLOW_MS)
        self.shown("pharmacies")
        best.click()
        self.me.waits_for("Awaiting payment")
        self.shown("awaiting-payment")

    def follow(self, prescription: str, *, deliver: Callable[[], None]) -> None:
        """The parcel, the end, everything that happened, and what is behind it."""
        self.me.waits_for("In transit")
        self.shown("in-transit")
        deliver()
        self.me.waits_for("Completed")
        self.shown("completed")
        for section in ("timeline", "messages", "notes"):
            self.me.go(f"/prescriptions/{prescription}?section={section}")
            self.shown(section)
        for name, path in BEHIND:
            self.me.go(path)
            self.shown(name)
        self.me.sign_out()
        self.me.sign_in("auditor")
        self.me.go(f"/audit?prescription={prescription}")
        self.me.page.get_by_role("button", name="Verify now").click()
        self.me.page.get_by_role("cell", name=prescription).first.wait_for(timeout=SLOW_MS)
        self.shown("audit")

    def shown(self, name: str) -> None:
        self.me.settle()
        self.seen(name, self.me.page)
