"""The portal through its HTTP door."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.payment.portal_links import mint_payment_link
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money
from pharmonico.lambdas.http.guard import SESSION_COOKIE

from functions.portal_api import handler
from tests.enrolling import CONSENT, DELIVERY, INSURANCE, PORTAL, RX, World
from tests.gateway import send
from tests.pictures import picture

if TYPE_CHECKING:
    from tests.unit.enrollment.browsing import Browser

JPEG = picture()
PHI = (
    "Jordan",
    "Doe",
    "Lipitor",
    "1979",
    "99 Test St",
    "YXE123456789",
    "Prescriber",
    "example.org",
)


def test_opening_sets_a_cookie_that_scripts_and_other_sites_never_see(browser: Browser) -> None:
    answer = browser.open()
    assert answer.status == 200
    name, *rules = answer.headers["set-cookie"].split("; ")
    assert name.startswith(f"{SESSION_COOKIE}=")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"} <= set(rules)


def test_the_whole_way_from_link_to_submission(browser: Browser) -> None:
    browser.open()
    for page, values in {
        "insurance": INSURANCE.model_dump(),
        "secondary": {"coverage": INSURANCE.model_dump()},
        "delivery": DELIVERY.model_dump(),
        "consent": CONSENT.model_dump(exclude={"signed_at"}),
    }.items():
        assert browser.send("PUT", f"enrollment/{page}", values).status == 200
    form = browser.send("POST", "uploads", {"side": "front", "media_type": "image/jpeg"})
    assert (form.status, form.json["bytes_max"]) == (201, 5_000_000)
    browser.world.cards.objects[form.json["fields"]["key"]] = JPEG
    assert browser.send("POST", "uploads/front/complete").status == 200
    submitted = browser.send("POST", "submit")
    assert (submitted.status, submitted.json["status"]) == (200, "submitted")
    assert submitted.json["pages"] == {
        "insurance": True,
        "secondary": True,
        "delivery": True,
        "consent": True,
        "card_front": "accepted",
        "card_back": "none",
    }
    assert browser.send("POST", "submit").json == submitted.json


def test_nothing_of_phi_is_shown_before_the_code(browser: Browser) -> None:
    answers = [browser.open()]
    answers.append(browser.send("PUT", "enrollment/insurance", INSURANCE.model_dump()))
    answers.append(browser.send("PUT", "enrollment/delivery", DELIVERY.model_dump()))
    answers.append(browser.send("GET", "enrollment"))
    answers.append(browser.send("GET", "enrollment?full=true"))
    assert [answer.status for answer in answers] == [200, 200, 200, 200, 403]
    assert answers[-1].json["code"] == "code.required"
    said = "".join(answer.body for answer in answers)
    assert [word for word in PHI if word in said] == []


def test_after_the_code_the_answers_are_shown_and_the_read_is_on_record(browser: Browser) -> None:
    browser.open()
    browser.send("PUT", "enrollment/delivery", DELIVERY.model_dump())
    assert browser.confirm_code().json["code"]["verified"] is True
    full = browser.send("GET", "enrollment?full=true")
    assert full.json["answers"]["delivery"]["line1"] == "99 Test St"
    assert full.json["answers"]["insurance"] is None
    (entry,) = browser.trail.chain(RX)
    assert (entry.act.action, entry.act.actor.role) == ("enrollment_read", "patient")


def test_the_second_use_of_a_link_is_gone(browser: Browser) -> None:
    proof = {"token": browser.world.invite(), "date_of_birth": "1979-05-17"}
    assert browser.send("POST", "open", proof).status == 200
    again = browser.send("POST", "open", proof)
    assert (again.status, again.json["code"]) == (410, "link.used")
    assert "set-cookie" not in again.headers


def test_a_wrong_date_of_birth_points_at_its_field(browser: Browser) -> None:
    answer = browser.open(born_on="1980-05-17")
    assert (answer.status, answer.json["code"]) == (422, "link.birth_date")
    assert answer.json["errors"][0]["pointer"] == "/date_of_birth"


def test_a_fresh_link_can_be_asked_for_by_the_old_one(browser: Browser) -> None:
    token = browser.world.invite()
    browser.world.clock.advance(timedelta(hours=1))
    proof = {"token": token, "date_of_birth": "1979-05-17"}
    assert browser.send("POST", "link", proof).status == 202
    browser.world.post()
    assert len(browser.world.email.sent) == 2


def test_a_page_with_a_bad_field_is_refused_without_echoing_it(browser: Browser) -> None:
    browser.open()
    answer = browser.send("PUT", "enrollment/delivery", {**DELIVERY.model_dump(), "state": "Ohio"})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/state")
    assert "Ohio" not in answer.body


def test_a_photo_of_the_wrong_kind_is_refused(browser: Browser) -> None:
    browser.open()
    form = browser.send("POST", "uploads", {"side": "back", "media_type": "image/png"})
    browser.world.cards.objects[form.json["fields"]["key"]] = JPEG
    answer = browser.send("POST", "uploads/back/complete")
    assert (answer.status, answer.json["code"]) == (422, "upload.wrong_type")


def test_a_type_that_is_no_photo_gets_no_form(browser: Browser) -> None:
    browser.open()
    answer = browser.send("POST", "uploads", {"side": "back", "media_type": "application/pdf"})
    assert answer.status == 422


def test_without_a_session_nothing_answers(browser: Browser) -> None:
    for method, path in (("GET", "enrollment"), ("POST", "submit"), ("POST", "code")):
        assert browser.send(method, path).status == 401


def test_another_sites_page_cannot_write(browser: Browser) -> None:
    browser.open()
    answer = send(
        handler.lambda_handler,
        "POST",
        "/api/v1/portal/submit",
        headers={"Cookie": browser.cookie, "Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status, answer.json["code"]) == (403, "access.cross_site")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "enrollment"), ("POST", "uploads")],
)
def test_a_call_reads_its_session_once(
    browser: Browser, method: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.open()
    asked, read = [], browser.world.tokens.get
    monkeypatch.setattr(browser.world.tokens, "get", lambda key: asked.append(key) or read(key))
    photo = {"side": "front", "media_type": "image/png"} if method == "POST" else None
    assert browser.send(method, path, photo).status in (200, 201)
    assert len([key for key in asked if key.startswith("session#")]) == 1


def test_leaving_ends_the_session(browser: Browser) -> None:
    browser.open()
    kept = browser.cookie
    assert browser.send("POST", "close").status == 204
    browser.cookie = kept
    assert browser.send("GET", "enrollment").status == 401


def a_payment_link(world: World) -> str:
    """The reference of a payment message."""
    link = mint_payment_link(RX, tokens=world.tokens, portal_url=PORTAL)
    assert link.startswith(f"{PORTAL}/pay#r=")
    return link.rpartition("=")[2]


def a_checkout(**changed: Any) -> Payment:
    facts = {"payment_id": "pay_1", "attempt": 1, "amount": Money(amount_minor=1250)}
    return Payment.model_validate({**facts, "url": "https://checkout.example/1", **changed})


def a_share(world: World) -> None:
    """The insurance answered: 12.50 are left to the patient."""
    due = {"status": Status.AWAITING_PAYMENT, "patient_pay": Money(amount_minor=1250)}
    order = world.orders.get(RX)
    world.orders.save(order.changed(at=world.clock.now(), **due), events=[])
    world.orders.put_document(RX, a_checkout())


def test_the_payment_link_leads_to_the_open_checkout(browser: Browser) -> None:
    world = browser.world
    path = f"pay/{a_payment_link(world)}"
    assert browser.send("GET", path).headers["location"] == f"{PORTAL}/pay"
    a_share(world)
    answer = browser.send("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "https://checkout.example/1")


def test_the_payment_link_tells_the_price_before_anything_is_paid(browser: Browser) -> None:
    named = {"reference": a_payment_link(browser.world)}
    assert browser.send("POST", "order", named).json["payment"] is None
    a_share(browser.world)
    order = browser.send("POST", "order", named).json
    assert (order["reference"], order["stage"]) == (RX, "payment")
    assert order["payment"] == {
        "amount": {"amount_minor": 1250, "currency": "USD"},
        "state": "due",
        "is_payable": True,
        "was_declined": False,
    }
    told = json.dumps(order)
    assert [word for word in PHI if word in told] == []


def test_an_unknown_reference_opens_no_order(browser: Browser) -> None:
    answer = browser.send("POST", "order", {"reference": "A" * 22})
    assert (answer.status, answer.json["code"]) == (410, "link.expired")


def test_the_session_shows_its_order_and_leads_to_its_checkout(browser: Browser) -> None:
    assert browser.send("GET", "order").status == 401
    browser.open()
    assert browser.send("GET", "order").json["stage"] == "details"
    assert browser.send("GET", "pay").headers["location"] == f"{PORTAL}/pay"
    a_share(browser.world)
    assert browser.send("GET", "pay").headers["location"] == "https://checkout.example/1"
