"""Consents, the signed record and the coverages, through the portal's HTTP door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters.record_pdf import ReportlabScribe
from pharmonico.fulfillment.enrollment.enroll import find_enrollment
from pharmonico.fulfillment.enrollment.papers import Eligibility
from pharmonico.fulfillment.enrollment.signing import keep_record

from tests.enrolling import RX

if TYPE_CHECKING:
    from tests.unit.enrollment.browsing import Browser


def test_the_consents_are_shown_and_what_was_shown_is_signed(browser: Browser) -> None:
    browser.open()
    shown = browser.send("GET", "enrollment/consents").json
    spanish = browser.send("GET", "enrollment/consents?language=es").json
    assert (shown["language"], spanish["language"]) == ("en", "es")
    agreements = [
        {name: each[name] for name in ("id", "version", "text_hash")}
        for each in spanish["consents"]
    ]
    page = {"signed_name": "Jordan Doe", "treatment": True, "privacy": True}
    saved = browser.send("PUT", "enrollment/consent", {**page, "agreements": agreements})
    assert saved.status == 200
    consent = browser.world.enrollment.consent
    assert consent is not None
    assert [each.text_hash for each in consent.agreements] == [
        each["text_hash"] for each in spanish["consents"]
    ]
    stale = [{**agreements[0], "version": "1999-01"}, agreements[1]]
    refused = browser.send("PUT", "enrollment/consent", {**page, "agreements": stale})
    assert (refused.status, refused.json["code"]) == (422, "consent.outdated")


def test_the_signed_record_is_handed_out_after_the_code_alone(browser: Browser) -> None:
    browser.open()
    world = browser.world
    assert browser.send("GET", "enrollment/record").json["code"] == "code.required"
    browser.confirm_code()
    assert browser.send("GET", "enrollment/record").json["code"] == "record.not_ready"
    world.save_all()
    browser.send("POST", "submit")
    keep_record(
        *find_enrollment(RX, orders=world.orders),
        orders=world.orders,
        scribe=ReportlabScribe(),
        records=browser.records,
        clock=world.clock,
    )
    answer = browser.send("GET", "enrollment/record")
    (key,) = browser.records.objects
    assert (answer.status, answer.json["expires_in_s"]) == (200, 300)
    assert key in answer.json["url"]
    assert [entry.act.action for entry in browser.trail.chain(RX)] == ["consent_record_read"]


def test_what_the_payer_said_is_shown_with_the_answers(browser: Browser) -> None:
    browser.open()
    browser.confirm_code()
    browser.world.orders.put_document(
        RX,
        Eligibility(
            key="primary", status="active", plan="Example", checked_at=browser.world.clock.now()
        ),
    )
    (shown,) = browser.send("GET", "enrollment?full=true").json["answers"]["coverages"]
    assert (shown["coverage"], shown["status"], shown["plan"]) == ("primary", "active", "Example")
