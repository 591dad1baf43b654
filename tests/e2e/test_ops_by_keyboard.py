"""Staff without a mouse: from the sign-in to a parcel, and the way back out of a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from local.seed.users import PASSWORD, username
from local.tokens import joins_pharmacy
from tests.visiting import Keys
from tests.working import SLOW_MS, Shift, a_shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.cloud.world import World

FAR = 150
"""A list's rows lie between the list's head and what was opened from it."""
IN_DIALOG = "() => document.activeElement?.closest('[role=dialog]') !== null"
IN_ASIDE = "() => document.activeElement?.closest('aside') !== null"
FOCUSED = "document.activeElement.textContent"


def signs_in(shift: Shift, role: str) -> Keys:
    """Name and password typed, and Enter."""
    hands = Keys(shift.page)
    shift.go("/sign-in")
    hands.to("input[name=username]").type(username(role))
    hands.to("input[name=password]").type(PASSWORD)
    hands.press("Enter")
    shift.page.get_by_role("navigation", name="Work").wait_for(timeout=SLOW_MS)
    return hands


def opens(shift: Shift, hands: Keys, label: str) -> None:
    """Press the button that has the focus; the dialog takes the focus itself."""
    hands.press("Enter")
    shift.page.get_by_role("dialog", name=label).wait_for(timeout=SLOW_MS)
    shift.page.wait_for_function(IN_DIALOG)


def carries_out(shift: Shift, hands: Keys, label: str) -> None:
    """On to the dialog's own button; it closes when the API took it."""
    hands.to_named(f"^{label}$").press("Enter")
    expect(shift.page.get_by_role("dialog", name=label)).to_have_count(0, timeout=SLOW_MS)


def opens_row(shift: Shift, hands: Keys, mark: str) -> None:
    """Down the rows to the patient's, and Enter: it opens beside the list with the focus in it."""
    link = shift.page.locator("[data-row-link]", has_text=mark).first
    link.wait_for(timeout=SLOW_MS)
    for _ in range(FAR):
        hands.press("j")
        if mark in shift.page.evaluate(FOCUSED):
            break
    hands.press("Enter")
    shift.page.wait_for_url("**open=rx_*", timeout=SLOW_MS)
    shift.page.wait_for_function(IN_ASIDE)


def test_the_straight_way_of_the_staff_goes_by_keyboard_alone(
    manual: World, chrome: Browser
) -> None:
    rx = manual.a_prescription(at="validated")
    with a_shift(manual, chrome) as shift:
        hands = signs_in(shift, "ops")
        expect(shift.page.get_by_role("heading", name="Intake", exact=True)).to_be_visible()
        opens_row(shift, hands, rx.message.mark)
        hands.to_named("^Invite the patient$", steps_max=FAR)
        opens(shift, hands, "Invite the patient")
        carries_out(shift, hands, "Invite the patient")
        shift.shows("Awaiting enrollment")
        rx.mailed_link()
        rx.enroll()
        shift.shows("Awaiting pharmacy selection")
        shift.page.locator("[aria-label^='Choose ']").first.wait_for(timeout=SLOW_MS)
        hands.to_named("^Choose (?!another)", steps_max=FAR).press("Enter")
        shift.shows("Awaiting payment")
        shift.look()
    rx.pay().reaches("awaiting_dispense").waits_for("dispense")
    joins_pharmacy(manual.cloud, rx.shown["pharmacy_id"])
    with a_shift(manual, chrome) as shift:
        hands = signs_in(shift, "pharmacist")
        hands.press("g")
        hands.press("d")
        shift.page.wait_for_url("**/work/dispensing", timeout=SLOW_MS)
        opens_row(shift, hands, rx.message.mark)
        hands.to_named("^Verify and dispense$", steps_max=FAR)
        opens(shift, hands, "Verify and dispense")
        for label, value in (("Quantity", "30"), ("Lot", "L-7"), ("Expires on", "01312030")):
            hands.to_named(f"^{label}").type(value)
        carries_out(shift, hands, "Verify and dispense")
        shift.shows("Shipped")
        shift.look()
    assert rx.papers["dispensing"][0]["lot"] == "L-7"


def test_escape_leads_out_of_a_dialog_and_back_to_its_button(world: World, chrome: Browser) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    with a_shift(world, chrome, "ops") as shift:
        hands = Keys(shift.page)
        shift.go(f"/prescriptions/{rx.id}")
        shift.button("Hold").wait_for(timeout=SLOW_MS)
        hands.to_named("^Skip to content$").press("Enter")
        hands.to_named("^Hold$", steps_max=FAR)
        opens(shift, hands, "Hold")
        hands.to_named("^Why").type("Not sure yet.")
        for _ in range(FAR // 10):
            hands.press("Tab")
            assert shift.page.evaluate(IN_DIALOG)  # nobody falls out of it behind the page
        hands.press("Escape")
        expect(shift.page.get_by_role("dialog")).to_have_count(0)
        expect(shift.button("Hold")).to_be_focused()
    assert rx.shown["hold"] is None
