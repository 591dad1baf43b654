"""What the patient owes: nothing, something, or something again after the first link is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import problem
from tests.cloud.messages import a_member
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

LINK = "/api/payments/create-link"
DECLINED = "4000000000000002"


def test_who_owes_nothing_is_not_asked_to_pay(world: World) -> None:
    rx = world.a_prescription(at="awaiting_pharmacy_selection", member=a_member("0000")).select()
    rx.reaches("shipped").tells("shipping_label_generated")
    assert rx.shown["patient_pay"]["amount_minor"] == 0
    assert "payment_link_required" not in rx.history
    assert world.partners.checkouts(rx.id) == []


def test_a_declined_card_may_be_followed_by_a_good_one(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout = rx.checkout
    assert world.partners.offer_card(checkout, DECLINED)["paid"] is False
    assert rx.status == "awaiting_payment"
    rx.pay().reaches("shipped")


def test_a_new_payment_link_replaces_the_old_one(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    old = rx.checkout
    answer = world.door.act(LINK, {"prescription_id": rx.id})
    assert answer.status_code == 201
    assert answer.json()["amount"] == {"amount_minor": 1000, "currency": "USD"}
    assert rx.checkout != old
    assert [each["status"] for each in world.partners.checkouts(rx.id)] == ["open", "expired"]
    rx.pay().reaches("shipped").tells("shipping_label_generated")
    assert [each["status"] for each in rx.papers["payment"]] == ["expired", "paid"]
    rx.tells_once("payment_successful")


def test_no_link_is_made_when_nothing_is_due(world: World) -> None:
    rx = world.a_prescription(at="validated")
    answer = world.door.act(LINK, {"prescription_id": rx.id})
    assert problem(answer) == (409, "payment.not_due")
    missing = world.door.act(LINK, {"prescription_id": "rx_unknown"})
    assert problem(missing)[0] == 404


def test_the_short_link_in_the_message_leads_to_the_open_checkout(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout, address = rx.checkout, rx.message.address
    mailed = until(lambda: world.partners.mailed_link(address, "/pay#"), "the payment mail")
    link = f"/api/v1/portal/pay/{mailed.rpartition('=')[2]}"
    answer = world.door.ask("GET", link)
    assert (answer.status_code, answer.headers["location"].rpartition("/")[2]) == (303, checkout)
    rx.pay().reaches("shipped")
    assert world.door.ask("GET", link).headers["location"].endswith("/pay")
