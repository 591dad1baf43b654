"""The notification function, called as EventBridge calls it."""

from __future__ import annotations

from typing import Any

import pytest
from pharmonico.adapters import aws, sms
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.notification.content import values_of
from pharmonico.fulfillment.notification.templates import Template
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.money import Money
from pharmonico.kit.settings import Settings

from functions.notification import handler
from tests.enrolling import PORTAL, RX, World, token_in


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World().validated()
    monkeypatch.setattr(aws, "orders", lambda: world.orders)
    monkeypatch.setattr(aws, "tokens", lambda: world.tokens)
    monkeypatch.setattr(aws, "email", lambda: world.email)
    monkeypatch.setattr(sms, "sender", lambda: world.sms)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    chosen = Settings.model_validate({"PORTAL_URL": f"{PORTAL}/"})
    monkeypatch.setattr(handler, "settings", lambda: chosen)
    return world


def envelope(world: World) -> dict[str, Any]:
    event = world.orders.events[-1]
    return {"detail-type": event.detail_type, "detail": event.model_dump(mode="json")}


def test_the_event_brings_a_link_that_opens(world: World) -> None:
    world.start()
    handler.lambda_handler(envelope(world), None)
    assert world.open(token_in(world.email.sent[0][1].text))


def test_the_same_delivery_twice_brings_one_message(world: World) -> None:
    world.start()
    for _ in range(2):
        handler.lambda_handler(envelope(world), None)
    assert len(world.email.sent) == 1


def test_trouble_goes_back_to_the_bus(world: World) -> None:
    world.start()
    world.email.trouble = world.sms.trouble = Unavailable("provider.down", "down")
    with pytest.raises(Unavailable):
        handler.lambda_handler(envelope(world), None)


@pytest.mark.parametrize(
    ("template", "amount"),
    [(Template.PAYMENT, "$30.00"), (Template.RECEIPT, "$20.00"), (Template.REFUNDED, "$10.05")],
)
def test_each_message_names_the_amount_of_its_own_payment(
    world: World, template: Template, amount: str
) -> None:
    for number, (state, minor) in enumerate([("refunded", 1005), ("paid", 2000), ("open", 3000)]):
        facts = {"key": str(number), "payment_id": f"pay_{number}", "attempt": number}
        money = Money(amount_minor=minor)
        world.orders.put_document(
            RX, Payment.model_validate({**facts, "amount": money, "status": state})
        )
    order = world.orders.get(RX).changed(at=world.clock.now(), status=Status.AWAITING_PAYMENT)
    world.start()
    values = values_of(
        template,
        world.orders.events[-1],
        order,
        "email",
        orders=world.orders,
        tokens=world.tokens,
        portal_url=PORTAL,
    )
    assert values["amount"] == amount
