"""Rules that the pages break: each route of both sites in every look, on a cloud of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.kit.clock import SystemClock

from bench.cloud import fresh_cloud
from bench.results import Result
from local.browser.chromium import chromium, tab
from local.browser.dashboard import AtTheDashboard
from local.browser.every_page import Tour
from local.demo.story import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from bench.plan import Wanted
    from local.cloud import Cloud


def measure(wanted: Wanted) -> Iterator[Result]:
    """What axe and the browser's content policy object to, in light and dark, 390 to 1280 wide."""
    if not any(wanted(name) for name in ("axe", "csp", "pages")):
        return
    with fresh_cloud() as cloud, chromium() as browser:
        broken, refused, wide, pages = faults(browser, cloud)
    yield Result("axe.violations", broken, "n", 0)
    yield Result("csp.violations", refused, "n", 0)
    yield Result("pages.too_wide", wide, "n", 0)
    yield Result("pages.looked_at", pages, "n", better="higher")


def faults(browser: Browser, cloud: Cloud) -> tuple[int, int, int, int]:
    """Rules broken, reports of the policy, pages that scroll sideways, pages looked at."""
    with tab(browser) as patient, tab(browser) as staff:
        portal, ops = Tour(patient.page), Tour(staff.page)
        prescription = portal.through_portal(story(cloud, say=print), clock=SystemClock())
        me = AtTheDashboard(staff.page, f"http://ops.localhost:{cloud.ports.edge}")
        me.sign_in("ops")
        ops.through_ops(me.base, prescription=prescription)
        wrong = [*portal.wrong, *ops.wrong]
        wide = sum(": wider than " in fault for fault in wrong)
        refused = [*patient.violations, *staff.violations]
    for fault in (*wrong, *refused):
        print(f"  {fault}")
    return len(wrong) - wide, len(refused), wide, len(portal.visited) + len(ops.visited)
