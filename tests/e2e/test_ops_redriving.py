"""What failed together is redriven together in the browser, after a look at what would happen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.cloud.messages import a_member
from tests.cloud.waiting import until
from tests.e2e.test_desk import FAILURES, failed_ids
from tests.working import SLOW_MS, a_shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

STEP = "Adjudicate"
MANY = 3
TOLD = re.compile(r"(\d+) found: (\d+) (?:would be )?done, (\d+) refused")


def failed_together(world: World) -> list[Prescription]:
    """Prescriptions that a partner's outage has stopped at one step, and the desk knows it."""
    routed = "awaiting_pharmacy_selection"
    made = [world.a_prescription(at=routed, member=a_member()) for _ in range(MANY)]
    with world.partners.failing("payer"):
        for rx in made:
            rx.select()
        for rx in made:
            rx.reaches("failed")
    ids = {rx.id for rx in made}
    until(lambda: ids <= failed_ids(world, step=STEP), "the failures to be listed")
    return made


def code_of(world: World, rx: Prescription) -> str:
    """Under which code its group stands; others of the same step may stand under another."""
    for group in world.ops.read(FAILURES)["groups"]:
        if group["step"] == STEP and rx.id in failed_ids(world, step=STEP, code=group["code"]):
            return str(group["code"])
    raise AssertionError(f"{rx.id} is in no group")


def counted(told: Locator) -> tuple[int, ...]:
    """Found, done, refused: what other tests have left may be in the group as well."""
    expect(told).to_contain_text(TOLD, timeout=SLOW_MS)
    found = TOLD.search(told.inner_text())
    assert found is not None
    return tuple(int(number) for number in found.groups())


def test_a_group_of_failures_is_redriven_after_a_dry_run(world: World, chrome: Browser) -> None:
    made = failed_together(world)
    code = code_of(world, made[0])
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        shift.go("/work/failures")
        group = page.get_by_role("region", name=re.compile(rf"^{STEP}: {re.escape(code)} \(\d+\)$"))
        group.get_by_text("Which ones").click(timeout=SLOW_MS)
        for rx in made:
            expect(group.get_by_role("link", name=rx.id)).to_be_visible(timeout=SLOW_MS)
        shift.look()
        group.get_by_role("button", name=re.compile("^Redrive all")).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Why").fill("The payer answers again.")
        dialog.get_by_role("button", name="See what would happen").click()
        told = dialog.get_by_role("status")
        found, would, refused = counted(told)
        assert (found, would >= MANY) == (would + refused, True)
        assert {rx.status for rx in made} == {"failed"}  # nothing has happened yet
        shift.look()
        dialog.get_by_role("button", name=f"Do it to {would}").click()
        expect(told).to_contain_text(re.compile(r"\d+ done,"), timeout=SLOW_MS)
        assert counted(told)[1] >= MANY
        for rx in made:
            rx.reaches("awaiting_payment")
        until(lambda: not {rx.id for rx in made} & failed_ids(world), "the failures to be over")
        # What came of it is there to be read, though the group it was done to is gone by now.
        for _ in range(2):
            with page.expect_response("**/api/v1/failures", timeout=SLOW_MS):
                pass  # asked again every five seconds; the second time, the first is drawn
        assert counted(told)[1] >= MANY
        dialog.get_by_role("button", name="Close").click()
        for rx in made:
            expect(page.get_by_role("link", name=rx.id)).to_have_count(0, timeout=SLOW_MS)
    assert [rx.exchanged for rx in made] == [[("B1", "P")]] * MANY
