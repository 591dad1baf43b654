"""Staff in a browser: the day's work, two at once, many at once, and what a role may not."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.e2e.test_dispensing import at_the_counter
from tests.working import SLOW_MS, a_shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

    from tests.cloud.world import World

MANY, PAGE, DRAWN_MAX, PAUSE_MS = 10_000, 50, 120, 20
SCROLLING_S = 300
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift" });
"""
A_PHARMACY = re.compile(r"^Choose (?!another)")


@dataclass
class Many:
    """A list of ten thousand in pages, as the API would answer; it may grow at its top."""

    asked: set[str] = field(default_factory=set)
    newer: int = 0

    def name(self, number: int) -> str:
        return f"Synthetic Patient {number}"

    def answer(self, route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        cursor, words = asked.get("cursor", []), asked.get("q", [""])[0]
        self.asked.update(cursor)
        fitting = [at for at in range(-self.newer, MANY) if words in self.name(at)]
        start = fitting.index(int(cursor[0])) if cursor else 0
        rest = fitting[start + PAGE :]
        items = [self.row(number) for number in fitting[start : start + PAGE]]
        body = {"items": items, "next_cursor": str(rest[0]) if rest else None}
        route.fulfill(json=body, headers={"ETag": f'"{words} {fitting[0]} {start}"'})

    def row(self, number: int) -> dict[str, Any]:
        at = "2026-03-01T12:00:00Z"
        who = {"patient_id": "pat_1", "patient_name": self.name(number), "drug": "Synthetic 5 MG"}
        whose = {"prescriber_name": "Synthetic Prescriber", "prescriber_npi": "1970000000"}
        facts = {"revision": 1, "status": "received", "created_at": at, "updated_at": at, "run": 1}
        id_ = f"rx_{MANY * 2 - number:026}"
        return {"id": id_, "message_id": f"M{number}", "alerts": [], **who, **whose, **facts}


def test_ops_bring_a_prescription_from_intake_to_shipped(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="validated")
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        expect(page.get_by_role("heading", name="Intake")).to_be_visible()
        page.get_by_role("link", name=rx.message.mark).click(timeout=SLOW_MS)
        shift.carry_out(shift.open("Invite the patient"), "Invite the patient")
        shift.shows("Awaiting enrollment")
        shift.look()
        rx.mailed_link()
        rx.enroll()
        page.get_by_role("button", name=A_PHARMACY).first.click(timeout=SLOW_MS)
        shift.shows("Awaiting payment")
        shift.look()
        rx.pay()
        shift.shows("Shipped")
        expect(page.get_by_text(rx.tracking_number).first).to_be_visible(timeout=SLOW_MS)
        shift.look()
    assert (rx.status, rx.history.count("pharmacy_selected")) == ("shipped", 1)


def test_of_two_who_decide_at_once_the_second_hears_who_was_first(
    world: World, chrome: Browser
) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "ops") as first, a_shift(world, chrome, "pharmacist") as second:
        for shift in (first, second):
            shift.go(f"/prescriptions/{rx.id}")
        late = second.open("Ask for a change")
        late.get_by_label("Words for the prescriber").fill("The dose is to be checked.")
        early = first.open("Hold")
        early.get_by_label("Why").fill("The patient is asked.")
        first.carry_out(early, "Hold")
        late.get_by_role("button", name="Ask for a change").click()
        said = late.get_by_role("alert")
        expect(said).to_contain_text("It was changed after you looked", timeout=SLOW_MS)
        expect(said).to_contain_text("by ops", timeout=SLOW_MS)
        typed = late.get_by_label("Words for the prescriber")
        expect(typed).to_have_value("The dose is to be checked.")
        second.look()
    assert (rx.status, [note["text"] for note in rx.papers["note"]]) == (
        "awaiting_enrollment",
        ["The patient is asked."],
    )


def test_many_are_held_after_a_look_at_what_would_happen(world: World, chrome: Browser) -> None:
    both = [world.a_prescription(at="awaiting_enrollment") for _ in range(2)]
    with a_shift(world, chrome, "ops") as shift:
        shift.go("/work/enrollment")
        for rx in both:
            shift.page.get_by_label(f"Select Jordan {rx.message.mark}").check(timeout=SLOW_MS)
        dialog = shift.open("Do something with them")
        dialog.get_by_label("What").select_option("hold")
        dialog.get_by_label("Why").fill("A lot is being recalled.")
        dialog.get_by_role("button", name="See what would happen").click()
        told = dialog.get_by_role("status")
        expect(told).to_contain_text("2 found: 2 would be done, 0 refused", timeout=SLOW_MS)
        shift.look()
        assert [rx.shown["hold"] for rx in both] == [None, None]
        dialog.get_by_role("button", name="Do it to 2").click()
        expect(told).to_contain_text("2 found: 2 done, 0 refused", timeout=SLOW_MS)
    for rx in both:
        assert rx.shown["hold"]["by"]


def test_a_pharmacist_dispenses_from_the_queue(manual: World, chrome: Browser) -> None:
    rx, _ = at_the_counter(manual)
    with a_shift(manual, chrome) as shift:
        shift.sign_in("pharmacist")  # anew: the pharmacy was joined a moment ago
        shift.go("/work/dispensing")
        where = f"To dispense at {rx.stored['pharmacy_id']}"
        queue = shift.page.get_by_role("region", name=where)
        queue.get_by_role("link", name=rx.message.mark).click(timeout=SLOW_MS)
        dialog = shift.open("Verify and dispense")
        shift.look()
        for label, value in (("Quantity", "30"), ("Lot", "L-1"), ("Expires on", "2030-01-31")):
            dialog.get_by_label(label).fill(value)
        shift.carry_out(dialog, "Verify and dispense")
        shift.shows("Shipped")
    assert rx.papers["dispensing"][0]["lot"] == "L-1"


def test_what_a_role_may_not_is_not_offered_and_is_refused(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "auditor") as shift:
        shift.go(f"/prescriptions/{rx.id}")
        shift.page.get_by_role("heading", name="Where it stands").wait_for(timeout=SLOW_MS)
        for label in ("Hold", "Assign", "Cancel prescription", "Send a new invitation", "Redrive"):
            expect(shift.button(label)).to_have_count(0)
        shift.look()
        shift.go("/work/enrollment")
        shift.page.locator("[data-row-link]").first.wait_for(timeout=SLOW_MS)
        expect(shift.page.get_by_role("checkbox")).to_have_count(0)
        refused = shift.page.evaluate(
            """(id) => fetch(`/api/v1/prescriptions/${id}/notes`, {method: "POST",
            headers: {"Content-Type": "application/json", "Idempotency-Key": "not-allowed-1"},
            body: JSON.stringify({text: "Written by nobody."})}).then((it) => it.status)""",
            rx.id,
        )
        assert refused == 403
        shift.go(f"/audit?prescription={rx.id}")
        shift.page.get_by_role("cell", name=rx.id).first.wait_for(timeout=SLOW_MS)
        shift.look()
        shift.button("Verify now").click()
        # Others have tampered with chains of this cloud, and then that is what has to be said.
        verdict = shift.page.get_by_text(re.compile("The audit is whole|the audit was changed"))
        expect(verdict).to_be_visible(timeout=SLOW_MS)


def test_an_ended_session_leads_to_the_sign_in_and_back(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome) as shift:
        shift.go(f"/work/enrollment?open={rx.id}")
        shift.sign_in("ops")
        shift.shows("Awaiting enrollment")
        shift.page.context.clear_cookies()
        shift.page.wait_for_url("**/sign-in?back=*", timeout=SLOW_MS)
        shift.look()
        shift.sign_in("ops")
        shift.page.wait_for_url(f"**/work/enrollment?open={rx.id}", timeout=SLOW_MS)
        shift.shows("Awaiting enrollment")


def test_anything_is_found_by_a_few_words_and_keys(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "ops") as shift:
        keyboard = shift.page.keyboard
        keyboard.press("Control+k")
        shift.page.get_by_role("combobox").fill(rx.message.mark)
        option = shift.page.get_by_role("option", name=rx.message.mark).first
        option.wait_for(timeout=SLOW_MS)
        shift.look()
        keyboard.press("Enter")
        shift.page.wait_for_url(f"**/prescriptions/{rx.id}", timeout=SLOW_MS)
        keyboard.press("g")
        keyboard.press("e")
        shift.page.wait_for_url("**/work/enrollment", timeout=SLOW_MS)
        shift.page.get_by_role("button", name="ops@").click()
        shift.page.get_by_role("menuitem", name="Switch keyboard shortcuts off").click()
        shift.page.locator("h1").click()
        keyboard.press("g")
        keyboard.press("i")
        assert shift.page.url.endswith("/work/enrollment")


def test_ten_thousand_are_scrolled_through_page_by_page_and_nothing_jumps(
    world: World, chrome: Browser
) -> None:
    many = Many()
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        page.route("**/api/v1/prescriptions?*", many.answer)
        shift.go("/work/intake")
        page.locator("[data-row-link]").first.wait_for(timeout=SLOW_MS)
        assert many.asked == set()
        last = page.get_by_role("link", name=many.name(MANY - 1), exact=True)
        end = time.monotonic() + SCROLLING_S
        while not last.is_visible():
            assert time.monotonic() < end, f"{len(many.asked)} pages"
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(PAUSE_MS)
            assert page.locator("tbody tr").count() < DRAWN_MAX
        assert many.asked == {str(start) for start in range(PAGE, MANY, PAGE)}
        page.evaluate("scrollTo(0, 0)")
        expect(page.locator("[data-row-link]").first).to_have_text(many.name(0))
        page.evaluate(WATCH_SHIFTS)
        many.newer = 3
        page.get_by_role("button", name="3 new").wait_for(timeout=SLOW_MS)
        expect(page.locator("[data-row-link]").first).to_have_text(many.name(0))
        assert page.evaluate("window.shifted") == 0
        page.get_by_role("button", name="3 new").click()
        expect(page.locator("[data-row-link]").first).to_have_text(many.name(-3))


def test_ten_thousand_are_filtered_where_they_are_kept(world: World, chrome: Browser) -> None:
    many = Many()
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        page.route("**/api/v1/prescriptions?*", many.answer)
        shift.go("/work/intake")
        first = page.locator("[data-row-link]").first
        expect(first).to_have_text(many.name(0), timeout=SLOW_MS)
        finder = page.get_by_role("textbox", name=re.compile("^Find by name"))
        finder.fill("Patient 77")
        finder.press("Enter")
        expect(first).to_have_text(many.name(77), timeout=SLOW_MS)
        page.wait_for_url("**/work/intake?q=Patient*")
        assert many.asked == set()  # the first page of what fits, and nothing of what does not
        assert page.locator("tbody tr").count() < DRAWN_MAX
        page.reload()
        expect(first).to_have_text(many.name(77), timeout=SLOW_MS)
