"""The line is slow, or nobody behind the door answers: what was typed stays, and is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.demo.patient import DATE_OF_BIRTH, DELIVERY, INSURANCE
from tests.visiting import a_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.cloud.world import World

API, SITE = "**/api/**", "**/*"
TYPED = ("name", "line1", "city", "postal_code", "phone")
SAVING = "**/api/v1/portal/enrollment/insurance"


def nobody_answers(route: Route) -> None:
    """As the edge says it while the engine is stopped."""
    body = {
        "type": "/api/errors/engine.down",
        "title": "Away",
        "status": 503,
        "code": "engine.down",
    }
    route.fulfill(status=503, json=body, content_type="application/problem+json")


def type_address(page: Page) -> None:
    page.locator("#line1").wait_for()
    for name in TYPED:
        page.fill(f"#{name}", DELIVERY[name])
    page.select_option("#state", DELIVERY["state"])
    page.check("#window-evening")


def typed_address(page: Page) -> list[str]:
    return [page.input_value(f"#{name}") for name in TYPED]


def test_what_was_typed_outlives_an_api_that_was_stopped(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("delivery")
        type_address(page)
        page.route(API, nobody_answers)
        me.submit()
        page.locator(".summary", has_text="Try again in a minute").wait_for()
        visit.look()
        assert typed_address(page) == [DELIVERY[name] for name in TYPED]
        assert page.is_checked("#window-evening")
        page.unroute(API)
        me.submit()
        page.wait_for_url("**/tasks")
    assert rx.papers["enrollment"][0]["delivery"]["window"] == "evening"


def test_a_page_that_nobody_answered_for_is_tried_again(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True, locale="es-US") as visit:
        page = visit.page
        visit.me.open(rx.link)
        page.locator(".tasks").wait_for()
        page.route(API, nobody_answers)
        page.reload()
        page.get_by_text("Inténtelo en un minuto").wait_for()
        page.get_by_role("button", name="Intentar otra vez").wait_for()
        visit.look()
        page.unroute(API)
        page.locator(".tasks").wait_for()  # it is asked again by itself, and pressing is no harm


def test_a_page_whose_script_did_not_arrive_comes_by_itself(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        page.goto(rx.link)
        page.locator("a.button").wait_for()
        page.route(SITE, lambda route: route.abort())
        page.route(API, lambda route: route.continue_())
        page.locator("a.button").click()
        me.born_on(DATE_OF_BIRTH)
        page.wait_for_url("**/tasks")
        page.locator("a[href='/delivery']").click()
        page.get_by_text("We cannot be reached").wait_for()
        visit.look()
        page.unroute(SITE)
        page.locator("#line1").wait_for()


def test_on_a_slow_line_a_form_is_sent_once(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("insurance")
        for name in ("bin", "pcn", "group", "member_id"):
            page.fill(f"#{name}", INSURANCE[name])
        page.route(SAVING, hold)
        me.submit()
        page.get_by_role("button", name="One moment…").click()
        me.submit()
        assert len(held) == 1
        held[0].continue_()
        page.wait_for_url("**/tasks")
