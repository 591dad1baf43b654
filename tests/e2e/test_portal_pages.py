"""Patients in a browser: on a phone, by keyboard, in Spanish, offline, late, and declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.demo.patient import DELIVERY, INSURANCE
from tests.cloud.waiting import until
from tests.pictures import picture
from tests.visiting import Keys, a_visit, paying_link

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.cloud.world import World

STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_a_patient_enrolls_on_a_phone_with_a_photo_and_a_code(
    world: World, chrome: Browser, tmp_path: Path
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    card = tmp_path / "card.jpg"
    card.write_bytes(picture(size=(2400, 1500)))
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        page.goto(rx.link)
        visit.look()
        assert "#" not in page.url
        page.locator("a.button").click()
        visit.look()
        me.born_on("1979-05-17")
        page.wait_for_url("**/tasks")
        visit.look()
        me.insurance()
        me.take_up("photos/front")
        visit.look()
        me.photo(card)
        visit.look()
        page.goto(page.url.replace("/photos/back", "/tasks"))
        me.delivery()
        me.take_up("consent")
        page.locator("#treatment").wait_for()
        visit.look()
        page.go_back()
        me.consent()
        me.check_and_send()
        visit.look()
        assert rx.id in page.inner_text("main")
        assert "••••••••6789" in page.inner_text("main")
        assert set(page.evaluate(STORED)) <= {"language", "session-ends"}
    papers = rx.papers["enrollment"][0]
    assert (papers["insurance"]["member_id"], "front" in papers["cards"]) == (
        INSURANCE["member_id"],
        True,
    )
    rx.reaches("awaiting_pharmacy_selection")


def test_what_is_missing_is_said_at_the_top_and_at_the_field(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, scheme="dark") as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("insurance")
        page.locator("#bin").wait_for()
        me.submit()
        page.locator(".summary").wait_for()
        assert page.evaluate("document.activeElement.className") == "summary"
        visit.look()
        page.locator(".summary a").first.click()
        assert page.evaluate("document.activeElement.id") == "bin"
        assert page.title().startswith("Error: ")


def test_a_link_that_is_over_brings_a_new_one(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    world.backstage.expire_link(rx.link)
    world.backstage.expire_pause(rx.id)
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        page.goto(rx.link)
        page.locator("a.button").click()
        visit.me.born_on("1979-05-17")
        page.wait_for_url("**/link?why=expired")
        visit.look()
        visit.me.submit()  # the date of birth is still there
        page.wait_for_url("**/new-link")
        visit.look()
        visit.me.open(rx.mailed_link())
        assert visit.title == "Your details"


def test_an_old_invitation_opens_on_the_order(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection")
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        page.goto(rx.link)
        page.locator("a.button").click()
        visit.me.born_on("1979-05-17")
        page.wait_for_url("**/link?why=used")
        visit.me.submit()
        page.wait_for_url("**/order")
        page.locator(".way").wait_for()
        visit.look()


def test_the_enrollment_goes_by_keyboard_alone(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome) as visit:
        page, keys = visit.page, Keys(visit.page)
        page.goto(rx.link)
        page.locator("h1").wait_for()
        keys.to(".skip").press("Enter")
        keys.to("main a.button").press("Enter")
        page.wait_for_url("**/birth-date")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        for field, part in (("#date_of_birth", "05"), ("#day", "17"), ("#year", "1979")):
            keys.to(field).type(part)
        keys.press("Enter")
        keys.take_up("insurance")
        for name in ("bin", "pcn", "group", "member_id"):
            keys.to(f"#{name}").type(INSURANCE[name])
        keys.press("Enter")
        keys.take_up("delivery")
        for name in ("name", "line1", "city", "state", "postal_code"):
            keys.to(f"#{name}").type({**DELIVERY, "state": "Ohio"}[name])
        keys.to("form button").press("Enter")
        keys.take_up("consent")
        for name in ("treatment", "privacy"):
            keys.to(f"#{name}").press("Space")
        keys.to("#signed_name").type("Jordan Doe")
        keys.press("Enter")
        page.wait_for_url("**/tasks")
        keys.to("main a.button").press("Enter")
        page.wait_for_url("**/code?*")
        last = world.partners.last_text()
        keys.to("form button").press("Enter")
        page.wait_for_url("**/code/enter*")
        code = until(lambda: world.partners.code(since=last), "the code by SMS")
        keys.to("#code").type(code)
        keys.press("Enter")
        page.wait_for_url("**/check")
        page.locator(".answers").first.wait_for()
        keys.to("form button").press("Enter")
        page.wait_for_url("**/done")
    rx.reaches("awaiting_pharmacy_selection")


def test_a_photo_that_did_not_arrive_is_sent_again(
    world: World, chrome: Browser, tmp_path: Path
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    card = tmp_path / "card.jpg"
    card.write_bytes(picture(size=(1200, 800)))
    bucket = f"{world.cloud.ports.engine_url}/**"
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("photos/front")
        page.locator("#chosen").wait_for(state="attached")
        page.route(bucket, lambda route: route.abort())
        page.set_input_files("#chosen", card)
        page.get_by_text("We cannot be reached").wait_for()
        visit.look()
        page.unroute(bucket)
        page.get_by_role("button", name="Try again").click()
        page.locator(".good").wait_for()
    assert "front" in rx.papers["enrollment"][0]["cards"]


def test_a_reader_of_spanish_is_spoken_to_in_spanish(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True, locale="es-US") as visit:
        page, me = visit.page, visit.me
        page.goto(rx.link)
        page.locator("h1").wait_for()
        assert visit.title == "Confirme sus datos"
        assert page.evaluate("document.documentElement.lang") == "es"
        visit.look()
        page.locator("a.button").click()
        me.born_on("1979-05-17")
        page.wait_for_url("**/tasks")
        me.take_up("delivery")
        page.fill("#name", "Jordan Doe")
        page.get_by_role("button", name="English").click()
        page.get_by_role("heading", name="Where shall we deliver?").wait_for()
        assert page.input_value("#name") == "Jordan Doe"  # turning the language loses nothing


def test_who_is_offline_hears_it_and_loses_nothing(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page, me = visit.page, visit.me
        me.open(rx.link)
        me.take_up("insurance")
        for name in ("bin", "pcn", "group", "member_id"):
            page.fill(f"#{name}", INSURANCE[name])
        page.context.set_offline(True)
        page.locator(".banner").wait_for()
        me.submit()
        page.locator(".summary").wait_for()
        assert page.input_value("#member_id") == INSURANCE["member_id"]
        page.context.set_offline(False)
        me.submit()
        page.wait_for_url("**/tasks")


def test_a_session_warns_before_it_ends_and_leads_back(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        page.clock.install()
        visit.me.open(rx.link)
        page.locator(".tasks").wait_for()
        page.clock.fast_forward("13:01")
        page.locator(".banner").wait_for()
        assert "two minutes" in page.inner_text(".banner")
        page.clock.fast_forward("02:01")
        page.wait_for_url("**/ended")
        assert visit.title == "Your session has ended"


def test_a_declined_card_is_tried_again_and_the_server_says_when_it_is_paid(
    world: World, chrome: Browser
) -> None:
    rx = world.a_prescription(at="awaiting_payment").reaches("awaiting_payment")
    with a_visit(world, chrome, phone=True) as visit:
        page = visit.page
        page.goto(paying_link(rx))
        page.locator(".amount").wait_for()
        visit.look()
        assert page.inner_text(".amount") == "$10.00"
        page.locator("main a.button").click()
        page.get_by_role("button", name="declines").click()
        page.get_by_role("link", name="Cancel and go back").click()
        page.wait_for_url("**/pay?back=open")
        page.get_by_text("did not go through").wait_for()
        visit.look()
        page.locator("main a.button").click()
        page.get_by_role("button", name="(pays)").click()
        page.wait_for_url("**/order")
        page.get_by_text("You paid").wait_for()
        visit.look()
    rx.reaches("shipped")


def test_the_order_shows_where_the_parcel_is(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_payment").reaches("awaiting_payment")
    link = paying_link(rx)  # nobody is asked any more for what is paid
    rx.pay().reaches("shipped").scanned("TRANSIT").reaches("in_transit")
    with a_visit(world, chrome, scheme="dark") as visit:
        page = visit.page
        page.goto(link)  # nothing is to be paid any more, so it leads on
        page.wait_for_url("**/order")
        page.locator(".scans").wait_for()
        visit.look()
        now = page.locator("[aria-current=step]").inner_text()
        assert now.startswith("On its way to you")
        assert rx.tracking_number in page.inner_text("main")


def test_a_page_that_is_not_there_says_so(world: World, chrome: Browser) -> None:
    with a_visit(world, chrome) as visit:
        visit.page.goto(f"http://portal.localhost:{world.cloud.ports.edge}/nowhere")
        visit.look()
        assert visit.title == "There is no such page"
