"""Only Stripe can say that money came, only freshly, and saying it twice changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.cloud.door import STRIPE, problem

if TYPE_CHECKING:
    from tests.cloud.world import World


def an_event(kind: str, about: dict[str, Any]) -> str:
    event = {"id": f"evt_of_{kind}", "object": "event", "api_version": "2024-06-20", "created": 1}
    return json.dumps({**event, "type": kind, "data": {"object": about}})


def test_a_webhook_without_a_signature_is_refused(world: World) -> None:
    for headers in ({}, {"Stripe-Signature": ""}, {"Stripe-Signature": "t=1,v1=00"}):
        answer = world.door.ask("POST", STRIPE, headers=headers, json={"id": "evt_1"})
        assert problem(answer) == (400, "signature.invalid")


def test_another_amount_than_asked_for_is_held_for_people(world: World) -> None:
    rx = world.a_prescription(at="awaiting_payment")
    session = world.partners.checkouts(rx.id)[0]
    said = {**session, "payment_status": "paid", "status": "complete", "amount_total": 1}
    said |= {"payment_intent": "pi_test_of_another_amount"}
    answer = world.door.stripe_says(an_event("checkout.session.completed", said))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "amount_mismatch")
    assert rx.tells("payment_failed").status == "payment_failed"
    assert rx.papers["payment"][0]["problem"] == "payment.amount_mismatch"


def test_an_event_that_is_none_of_ours_is_taken_and_forgotten(world: World) -> None:
    answer = world.door.stripe_says(an_event("invoice.paid", {}))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "ignored")
