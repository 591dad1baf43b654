"""Every route of both sites in both themes, on a phone, at a desk and at 400 %: no rule broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.kit.clock import SystemClock

from local.browser.chromium import tab
from local.browser.every_page import Tour
from local.browser.looks import faults
from local.demo.story import Story
from local.place import ROOT
from tests.visiting import a_visit
from tests.working import a_shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.cloud.world import World


BAD = """
<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad in the dark and when narrow</h1>
<style>
  main { width: 360px } @media (prefers-color-scheme: dark) { h1 { color: #eee } }
</style></main></html>
"""


def test_what_is_bad_in_one_look_alone_is_found(chrome: Browser) -> None:
    with tab(chrome) as opened:
        opened.page.set_content(BAD)
        found = faults(opened.page, root=ROOT)
    looks = [(fault.partition(": ")[0], "color-contrast" in fault) for fault in found]
    assert looks == [
        ("dark, 1280 pixels", True),
        ("dark, 390 pixels", True),
        ("wider than 320 pixels", False),
    ]


def test_every_page_of_a_patient_keeps_the_rules(world: World, chrome: Browser) -> None:
    with a_visit(world, chrome) as visit:
        tour = Tour(visit.page)
        cast = Story(world.ops, world.provider, world.partners, world.a_visitor(), print)
        tour.through_portal(cast, clock=SystemClock())
    assert tour.wrong == [], "\n".join(tour.wrong)


def test_every_view_of_the_staff_keeps_the_rules(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="shipped").reaches("shipped")
    with a_shift(world, chrome, "ops") as shift:
        tour = Tour(shift.page)
        tour.through_ops(shift.base, prescription=rx.id)
    assert tour.wrong == [], "\n".join(tour.wrong)
