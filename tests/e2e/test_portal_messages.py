"""Patients say in a browser how they want to hear from us; the page's script comes late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.visiting import Keys, a_visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

SCRIPT = "**/assets/Messages-*.js"


def wished(rx: Prescription) -> dict[str, Any]:
    """As ops see it."""
    return rx.world.ops.read(f"/api/v1/patients/{rx.shown['patient_id']}/messages")


def test_a_patient_chooses_channel_language_and_hours_on_a_phone(
    world: World, chrome: Browser
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("messages")
        page.locator("#channels").wait_for()
        visit.look()
        assert page.is_checked("#channels")  # e-mail first, as it is for who says nothing
        page.check("#channels-sms")
        page.check("#language-es")
        page.check("#quiet-own")
        page.select_option("#begin", "21")
        page.select_option("#end", "21")
        me.submit()
        page.locator(".summary").wait_for()
        visit.look()
        page.locator(".summary a").click()
        assert page.evaluate("document.activeElement.id") == "end"
        page.select_option("#end", "9")
        me.submit()
        page.get_by_text("Saved. This is how we write").wait_for()
        visit.look()
        chosen = {"channels": "sms", "language": "es", "quiet": {"begin": 21, "end": 9}}
        assert wished(rx) == chosen
        page.reload()
        page.locator("#begin").wait_for()
        assert page.is_checked("#channels-sms")
        assert (page.input_value("#begin"), page.input_value("#end")) == ("21", "9")


def test_a_reader_of_spanish_says_it_by_keyboard(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, locale="es-US", scheme="dark") as visit:
        page, keys = visit.page, Keys(visit.page)
        visit.me.open(rx.link)
        page.get_by_role("heading", name="Sus datos").wait_for()
        keys.to("a[href='/messages']").press("Enter")
        page.get_by_role("heading", name="Cómo le escribimos").wait_for()
        visit.look()
        keys.to("#channels").press("ArrowDown")
        keys.to("#language").press("ArrowDown")
        keys.to("form button[type=submit]").press("Enter")
        page.get_by_text("Guardado.").wait_for()
        visit.look()
    assert wished(rx) == {"channels": "sms", "language": "es", "quiet": None}


def test_a_page_that_could_not_be_fetched_is_fetched_again(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        page.route(SCRIPT, lambda route: route.abort())
        visit.me.open(rx.link)
        visit.me.take_up("messages")
        page.get_by_text("We cannot be reached").wait_for()
        page.unroute(SCRIPT)
        page.get_by_role("button", name="Try again").click()
        page.locator("#channels").wait_for()


def test_what_is_ahead_was_fetched_before_the_line_was_lost(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        visit.me.open(rx.link)
        page.locator(".tasks").wait_for()
        page.wait_for_load_state("networkidle")
        page.context.set_offline(True)
        page.locator("a[href='/delivery']").click()
        page.locator("#line1").wait_for()
        page.fill("#line1", "99 Test St")
        visit.me.submit()
        page.locator(".summary").wait_for()
        assert page.input_value("#line1") == "99 Test St"
