"""The service goes away and comes back under an open dashboard: said calmly, nothing is lost."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.working import SLOW_MS, a_shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.cloud.world import World

EVERYTHING, THE_API = "**/*", "**/api/**"
AWAY = "The service cannot be reached."
VIEW, ITS_SCRIPT = "Maybe one person", "**/assets/People-*"
VIEW_IS_HERE = """
() => performance.getEntriesByType("resource").some((it) => /People-/.test(it.name))
"""


@contextmanager
def stopped(page: Page, what: str = EVERYTHING) -> Iterator[None]:
    """While it lasts, nobody listens; or for the API alone, the edge answers for nobody."""

    def gone(route: Route) -> None:
        if what == THE_API:
            route.fulfill(status=503, json={"code": "engine.down", "detail": "not running"})
        else:
            route.abort("connectionrefused")

    page.route(what, gone)
    yield
    page.unroute(what, gone)


def test_staff_see_what_was_there_and_what_they_typed_until_it_is_back(
    world: World, chrome: Browser
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        shift.go(f"/work/enrollment?open={rx.id}")
        away = page.get_by_text(AWAY)
        row = page.locator("[data-row-link]", has_text=rx.message.mark)
        row.wait_for(timeout=SLOW_MS)
        dialog = shift.open("Hold")
        dialog.get_by_label("Why").fill("The patient is asked.")
        with stopped(page):
            expect(away.first).to_be_visible(timeout=SLOW_MS)
            shift.look()
            dialog.get_by_role("button", name="Hold", exact=True).click()
            said = dialog.get_by_role("alert")
            expect(said).to_contain_text("Nobody answers. Press again", timeout=SLOW_MS)
            expect(dialog.get_by_label("Why")).to_have_value("The patient is asked.")
            expect(row).to_be_visible()
        expect(away).to_have_count(0, timeout=SLOW_MS)
        shift.carry_out(dialog, "Hold")
    assert [note["text"] for note in rx.papers["note"]] == ["The patient is asked."]


def test_staff_go_to_another_view_meanwhile_and_it_fills_when_it_is_back(
    world: World, chrome: Browser
) -> None:
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        page.wait_for_function(VIEW_IS_HERE, timeout=SLOW_MS)
        page.wait_for_load_state("networkidle")
        with stopped(page):
            page.get_by_role("link", name=VIEW).click()
            expect(page.get_by_role("heading", name=VIEW)).to_be_visible(timeout=SLOW_MS)
            expect(page.get_by_text(AWAY).first).to_be_visible(timeout=SLOW_MS)
            shift.look()
        expect(page.get_by_text(AWAY)).to_have_count(0, timeout=SLOW_MS)
        pairs = page.get_by_role("heading", name=re.compile(r"^1\. "))
        none = page.get_by_text("No pair waits to be looked at.")
        expect(none.or_(pairs)).to_be_visible(timeout=SLOW_MS)


def test_a_view_whose_script_did_not_arrive_comes_by_itself(world: World, chrome: Browser) -> None:
    with a_shift(world, chrome) as shift:
        page = shift.page
        page.route(ITS_SCRIPT, lambda route: route.abort())
        shift.be("ops")
        with stopped(page):
            page.get_by_role("link", name=VIEW).click()
            said = page.get_by_role("alert").filter(has_text=AWAY)
            expect(said.first).to_be_visible(timeout=SLOW_MS)
            expect(page.get_by_role("heading", name=VIEW)).to_have_count(0)
            page.unroute(ITS_SCRIPT)
        expect(page.get_by_role("heading", name=VIEW)).to_be_visible(timeout=SLOW_MS)
        expect(said).to_have_count(0, timeout=SLOW_MS)


def test_staff_who_reload_meanwhile_are_let_in_by_itself(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        with stopped(page, THE_API):
            page.goto(f"{shift.base}/prescriptions/{rx.id}")
            said = page.get_by_role("alert")
            expect(said).to_contain_text(AWAY, timeout=SLOW_MS)
        shift.shows("Awaiting enrollment")
        expect(said).to_have_count(0)


def test_a_cut_line_is_said_at_once(world: World, chrome: Browser) -> None:
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        page.locator("main h1").wait_for(timeout=SLOW_MS)
        page.context.set_offline(True)
        expect(page.get_by_text(AWAY).first).to_be_visible(timeout=SLOW_MS)
        page.context.set_offline(False)
        expect(page.get_by_text(AWAY)).to_have_count(0, timeout=SLOW_MS)
