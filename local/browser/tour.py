"""`make demo TOUR=1`: the patient's half in a browser, shown where there is a display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.status import Status

from local.browser.chromium import chromium, tab
from local.browser.portal_walk import Walk
from local.environment import given

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock
    from playwright.sync_api import Page

    from local.demo.story import Story

PACE_MS = 250  # a pause after every act, so that it can be followed
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def play_tour(told: Story, *, clock: Clock) -> str:
    """From NewRx to completed as `Story.play`, with the patient at the portal."""
    is_shown = any(given(name) for name in DISPLAYS)
    if not is_shown:
        told.say("browser    no display here, so it runs unseen")

    def tell(name: str, page: Page) -> None:
        told.say(f"browser    {name}: {page.title()}")

    pace_ms = PACE_MS if is_shown else None
    with chromium(pace_ms=pace_ms) as browser, tab(browser, phone=True) as opened:
        prescription = Walk(told, opened.page, tell).play(clock=clock)
    found = told.reach(prescription, Status.IN_TRANSIT)
    told.sandbox.deliver(found["tracking"]["number"])
    told.say("carrier    parcel delivered")
    told.reach(prescription, Status.COMPLETED)
    told.say("completed")
    return prescription
