"""Later visits by the old invitation: they open on the order itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.enrolling import CONSENT, DELIVERY, INSURANCE, RX

if TYPE_CHECKING:
    from tests.unit.enrollment.browsing import Browser

BORN_ON = "1979-05-17"


def sent(browser: Browser) -> str:
    """An enrollment that was submitted; answers the token of its invitation."""
    token = browser.world.invite()
    browser.send("POST", "open", {"token": token, "date_of_birth": BORN_ON})
    for name, page in (("insurance", INSURANCE), ("delivery", DELIVERY), ("consent", CONSENT)):
        browser.send("PUT", f"enrollment/{name}", page.model_dump(mode="json"))
    assert browser.send("POST", "submit").status == 200
    browser.cookie = ""
    return token


def test_the_old_invitation_leads_to_the_order(browser: Browser) -> None:
    proof = {"token": sent(browser), "date_of_birth": BORN_ON}
    assert browser.send("POST", "link", proof).status == 409
    order = browser.send("POST", "order/link", proof)
    assert (order.json["reference"], order.json["stage"]) == (RX, "pharmacy")
    rules = set(order.headers["set-cookie"].split("; ")[1:])
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"} <= rules
    again = browser.send("GET", "order")  # by the cookie, which no script can read
    assert again.json == order.json
    assert browser.send("DELETE", "order").status == 204
    assert browser.cookie == "__Host-order="
    browser.cookie = ""
    assert browser.send("GET", "order").status == 401


def test_without_the_birth_date_it_leads_nowhere(browser: Browser) -> None:
    proof = {"token": sent(browser), "date_of_birth": "1980-01-01"}
    answers = [browser.send("POST", "order/link", proof) for _ in range(5)]
    assert [answer.status for answer in answers] == [422, 422, 422, 422, 410]
    assert answers[-1].json["code"] == "link.locked"
    right = browser.send("POST", "order/link", {**proof, "date_of_birth": BORN_ON})
    assert (right.status, right.json["code"]) == (410, "link.locked")


def test_a_token_that_nobody_was_given_leads_nowhere(browser: Browser) -> None:
    proof = {"token": "A" * 43, "date_of_birth": BORN_ON}
    answer = browser.send("POST", "order/link", proof)
    assert (answer.status, answer.json["code"]) == (410, "link.expired")
