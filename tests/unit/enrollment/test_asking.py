"""Ops ask a patient who is enrolling for one thing, and the link of the message opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.asking import ask_patient
from pharmonico.fulfillment.notification.contacts import Wishes
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected, TooMany

from tests.enrolling import OPS, RX, World, token_in
from tests.unit.ops_api.test_ops_api import Office, office

if TYPE_CHECKING:
    from pharmonico.fulfillment.enrollment.asking import What

__all__ = ["office"]


def ask(world: World, what: What) -> None:
    ask_patient(RX, what, actor=OPS, orders=world.orders, tokens=world.tokens, clock=world.clock)


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        ("insurance", "Please check your insurance details"),
        ("card", "Please send us a picture of your insurance card"),
    ],
)
def test_the_question_brings_a_link_in_place_of_the_old_one(what: What, subject: str) -> None:
    world = World().validated()
    invitation = world.invite()
    world.clock.advance(timedelta(seconds=61))
    ask(world, what)
    world.post()
    message = world.email.sent[-1][1]
    assert message.subject == subject
    with pytest.raises(Rejected):
        world.open(invitation)
    assert world.open(token_in(message.text))
    assert world.enrollment.links_sent == 2


@pytest.mark.parametrize("mark", ["locked", "revoked"])
def test_the_link_of_a_question_opens_what_was_closed(mark: str) -> None:
    world = World().validated()
    world.invite()
    closed = world.enrollment.model_copy(update={mark: True})
    world.orders.put_document(RX, closed)
    order = world.orders.get(RX)
    world.orders.save(order.model_copy(update={"hold_reason": f"enrollment.{mark}"}))
    world.clock.advance(timedelta(seconds=61))
    ask(world, "card")
    world.post()
    assert world.open(token_in(world.email.sent[-1][1].text))
    assert world.orders.get(RX).hold_reason is None


def test_whoever_wants_both_gets_one_link_that_opens() -> None:
    world = World().validated()
    world.contacts.put_wishes(Wishes(patient_id="pat_01TEST", channels="both"))
    assert world.open(world.invite())
    assert world.sms.sent == []


def test_a_question_is_no_way_around_the_limit_of_links() -> None:
    world = World().validated()
    world.invite()
    with pytest.raises(TooMany):
        ask(world, "card")


def test_nobody_is_asked_who_was_not_invited_or_is_done() -> None:
    world = World().validated()
    with pytest.raises(Rejected):
        ask(world, "card")
    world.enter()
    order = world.orders.get(RX)
    world.orders.save(order.moved(Status.AWAITING_ROUTING, at=world.clock.now()))
    world.clock.advance(timedelta(seconds=61))
    with pytest.raises(Rejected):
        ask(world, "card")


def test_ops_ask_through_the_door(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(orders=office.orders).validated()
    world.invite()
    world.clock.advance(timedelta(seconds=61))
    monkeypatch.setattr(aws, "tokens", lambda: world.tokens)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    path, once = f"/api/v1/prescriptions/{RX}/enrollment/ask", {"Idempotency-Key": "ask-1"}
    assert office.ask("POST", path, "auditor", headers=once, body={"what": "card"}).status == 403
    assert office.ask("POST", path, headers=once, body={"what": "shoe size"}).status == 422
    assert office.ask("POST", path, headers=once, body={"what": "card"}).status == 202
    assert office.ask("POST", path, headers=once, body={"what": "card"}).status == 202
    asked = [event for event in world.orders.events if event.detail_type == "patient_asked"]
    assert len(asked) == 1
