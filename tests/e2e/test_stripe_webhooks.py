"""Only Stripe can say that money came, only freshly, and saying it twice changes nothing."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from local.sandbox.credentials import LOCAL_ONLY
from local.sandbox.webhooks import signature
from tests.cloud.door import problem
from tests.cloud.waiting import until

if TYPE_CHECKING:
    import httpx

    from tests.cloud.world import World

WEBHOOK = "/webhook/stripe"
STALE_S = 301


def told(
    world: World, body: str, *, secret: str = LOCAL_ONLY.stripe_webhook_secret, age_s: int = 0
) -> httpx.Response:
    """An event with a signature as Stripe makes it."""
    sign = signature(secret, body, at=time.time() - age_s)
    headers = {"Stripe-Signature": sign, "Content-Type": "application/json"}
    return world.door.ask("POST", WEBHOOK, headers=headers, content=body.encode())


def an_event(kind: str, about: dict[str, Any]) -> str:
    event = {"id": f"evt_of_{kind}", "object": "event", "api_version": "2024-06-20", "created": 1}
    return json.dumps({**event, "type": kind, "data": {"object": about}})


def test_forged_and_stale_webhooks_change_nothing_and_a_repeated_one_no_more(
    world: World,
) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    checkout = rx.checkout
    with world.partners.unheard():
        world.partners.pay(checkout)
        body = until(lambda: world.partners.webhooks(checkout), "the webhook")[0]["body"]
        assert problem(told(world, body, secret="forged")) == (400, "signature.invalid")
        assert problem(told(world, body, age_s=STALE_S)) == (400, "signature.stale")
        assert rx.status == "awaiting_payment"
    rx.reaches("shipped")
    assert [world.partners.repeat_webhook(checkout)["status"] for _ in range(2)] == [200, 200]
    assert world.partners.repeat_webhook(checkout, forge=True)["status"] == 400
    assert world.partners.repeat_webhook(checkout, age_s=STALE_S)["status"] == 400
    rx.tells("shipping_label_generated")
    rx.tells_once("payment_successful")
    assert [each["status"] for each in rx.papers["payment"]] == ["paid"]


def test_a_webhook_without_a_signature_is_refused(world: World) -> None:
    for headers in ({}, {"Stripe-Signature": ""}, {"Stripe-Signature": "t=1,v1=00"}):
        answer = world.door.ask("POST", WEBHOOK, headers=headers, json={"id": "evt_1"})
        assert problem(answer) == (400, "signature.invalid")


def test_another_amount_than_asked_for_pays_nothing(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    session = world.partners.checkouts(rx.id)[0]
    said = {**session, "payment_status": "paid", "status": "complete", "amount_total": 1}
    said |= {"payment_intent": "pi_test_of_another_amount"}
    answer = told(world, an_event("checkout.session.completed", said))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "amount_mismatch")
    assert rx.tells("payment_failed").status == "awaiting_payment"
    assert rx.papers["payment"][0]["problem"] == "payment.amount_mismatch"


def test_an_event_that_is_none_of_ours_is_taken_and_forgotten(world: World) -> None:
    answer = told(world, an_event("invoice.paid", {}))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "ignored")
