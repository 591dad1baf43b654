"""Worklists in a browser: page by page, a review answered, webhooks looked after."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.e2e.test_claims import refused
from tests.e2e.test_webhooks import Receiver
from tests.working import SLOW_MS, a_shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

    from tests.cloud.world import World

MANY, PAGE = 120, 50
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{40,}")


@dataclass
class Refusals:
    """So many rejected claims in pages, as the API would answer."""

    asked: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        query = parse_qs(urlsplit(route.request.url).query)
        start = int(query.get("cursor", ["0"])[0])
        assert (query["limit"], query["sort"]) == ([str(PAGE)], ["oldest"])
        self.asked.append(str(start))
        end = min(MANY, start + PAGE)
        items = [self.line(number) for number in range(start, end)]
        body = {"items": items, "next_cursor": str(end) if end < MANY else None}
        route.fulfill(json=body, headers={"ETag": f'"{start}"'})

    def line(self, number: int) -> dict[str, Any]:
        claim = {"plan": "610014-SYNTH", "code": "70", "words": "Not covered", "next_step": "retry"}
        who = {"patient_name": f"Synthetic Patient {number}", "drug": "Synthetic 5 MG"}
        facts = {"prescription_id": f"rx_{number:026}", "revision": 1}
        return {**facts, **who, **claim, "since": "2026-03-01T12:00:00Z"}


def test_rejected_claims_are_gone_through_page_by_page(world: World, chrome: Browser) -> None:
    many = Refusals()
    with a_shift(world, chrome, "ops") as shift:
        page = shift.page
        page.route("**/api/v1/claims?*", many.answer)
        shift.go("/work/adjudication")
        claims = page.get_by_role("region", name="Rejected claims, table")
        rows = claims.get_by_role("row")
        expect(rows).to_have_count(1 + PAGE, timeout=SLOW_MS)
        for shown in (2 * PAGE, MANY):
            page.get_by_role("button", name="Show more", exact=True).first.click()
            expect(rows).to_have_count(1 + shown, timeout=SLOW_MS)
        expect(page.get_by_role("heading", name=f"Rejected claims ({MANY})")).to_be_visible()
        expect(rows.last).to_contain_text(f"Synthetic Patient {MANY - 1}")
        shift.look()
    assert {"0", str(PAGE), str(2 * PAGE)} <= set(many.asked)


def test_a_pharmacist_answers_the_payers_review(world: World, chrome: Browser) -> None:
    rx = refused(world, "0088")
    with a_shift(world, chrome, "pharmacist") as shift:
        shift.go(f"/prescriptions/{rx.id}")
        dialog = shift.open("Answer the review")
        expect(dialog.get_by_label("Reason (E4)")).to_have_value("DD")
        dialog.get_by_label("Result (E6)").select_option("1B")
        dialog.get_by_label("Why").fill("The prescriber knows of it.")
        shift.look()
        shift.carry_out(dialog, "Answer the review")
        shift.shows("Awaiting payment")
    assert rx.papers["billing"][0]["replies"] == [{"reason": "DD", "service": "M0", "result": "1B"}]


def test_an_endpoint_is_tried_and_its_secret_turned(world: World, chrome: Browser) -> None:
    receiver = Receiver(world)
    try:
        with a_shift(world, chrome, "ops") as shift:
            page = shift.page
            shift.go("/webhooks")
            page.get_by_role("link", name=receiver.name).click(timeout=SLOW_MS)
            shift.carry_out(shift.open("Send a test"), "Send a test")
            receiver.hears(1)
            sent = page.get_by_role("button", name="Webhook test")
            sent.click(timeout=SLOW_MS)
            expect(page.get_by_label("Tries")).to_contain_text("HTTP 204", timeout=SLOW_MS)
            shift.look()
            shift.carry_out(shift.open("Rotate the secret"), "Rotate the secret")
            told = page.get_by_role("dialog", name="The signing secret")
            expect(told).to_contain_text(SECRET, timeout=SLOW_MS)
            shift.look()
            found = SECRET.search(told.inner_text())
            assert found is not None
            receiver.set_up(secret=found[0])
            told.get_by_role("button", name="It is kept").click()
            expect(page.get_by_text("Two secrets sign until")).to_be_visible(timeout=SLOW_MS)
            shift.carry_out(shift.open("Send a test"), "Send a test")
            assert [each["verdict"] for each in receiver.hears(2)] == ["good", "good"]
    finally:
        receiver.drop()
