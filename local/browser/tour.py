"""`make demo TOUR=1`: a patient and staff in a browser, shown where there is a display."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import Status

from local.browser.chromium import chromium, picture_of, tab
from local.browser.dashboard import AtTheDashboard
from local.browser.ops_walk import OpsWalk
from local.browser.portal_walk import Walk
from local.environment import given
from local.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pharmonico.kit.clock import Clock
    from playwright.sync_api import Page

    from local.demo.story import Story

PACE_MS = 250  # a pause after every act, so that it can be followed
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
PICTURES = ROOT / "build" / "tour"


@dataclass
class Guide:
    """Says what is seen; where nobody sees it, a picture is kept."""

    say: Callable[[str], None]
    pictures: Path | None
    taken: list[Path] = field(default_factory=list)

    def patient(self, name: str, page: Page) -> None:
        self._tell("patient", name, page)

    def ops(self, name: str, page: Page) -> None:
        self._tell("ops", name, page)

    def _tell(self, who: str, name: str, page: Page) -> None:
        kept = ""
        if self.pictures:
            path = self.pictures / f"{len(self.taken) + 1:02}-{who}-{name}.png"
            path.write_bytes(picture_of(page))
            self.taken.append(path)
            kept = f"  {path.name}"
        title = page.title().rpartition(" - ")[0] or page.title()
        self.say(f"browser    {who:8} {name.replace('-', ' '):20} {title}{kept}")


def play_tour(told: Story, *, dashboard: str, clock: Clock) -> str:
    """From NewRx to completed as `Story.play`, the patient at the portal, staff at the dashboard.

    `LocalError` where no Chromium can be started.
    """
    guide = Guide(told.say, pictures=_pictures(told.say))
    pace_ms = None if guide.pictures else PACE_MS
    with (
        chromium(pace_ms=pace_ms) as browser,
        tab(browser) as desk,
        tab(browser, phone=True) as phone,
    ):
        staff = OpsWalk(AtTheDashboard(desk.page, dashboard), guide.ops)
        staff.begin()
        prescription = Walk(told, phone.page, guide.patient, staff).play(clock=clock)
        found = told.reach(prescription, Status.IN_TRANSIT)
        number = found["tracking"]["number"]
        staff.follow(prescription, deliver=lambda: told.sandbox.deliver(number))
    told.reach(prescription, Status.COMPLETED)
    told.say("completed")
    if guide.pictures:
        told.say(f"browser    {len(guide.taken)} pictures in {guide.pictures}")
    return prescription


def _pictures(say: Callable[[str], None]) -> Path | None:
    """A fresh folder where there is no display to watch it on."""
    if any(given(name) for name in DISPLAYS):
        return None
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    say(f"browser    no display here: what is seen is kept in {PICTURES}")
    return PICTURES
