"""The notification function, called as its queue calls it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pharmonico.adapters import aws, queues, sms
from pharmonico.adapters.secrets import Secrets
from pharmonico.events.fulfillment import PaymentRefunded
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.notification.content import values_of
from pharmonico.fulfillment.notification.templates import Template
from pharmonico.fulfillment.payment.records import Refund
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.money import Money
from pharmonico.kit.settings import Settings

from functions.notification import handler
from tests.enrolling import PORTAL, RX, World, a_script, token_in


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World().validated()
    monkeypatch.setattr(aws, "orders", lambda: world.orders)
    monkeypatch.setattr(aws, "tokens", lambda: world.tokens)
    monkeypatch.setattr(aws, "email", lambda: world.email)
    monkeypatch.setattr(sms, "sender", lambda: world.sms)
    monkeypatch.setattr(aws, "contacts", lambda: world.contacts)
    monkeypatch.setattr(aws, "CLOCK", world.clock)
    chosen = Settings.model_validate({"PORTAL_URL": f"{PORTAL}/", "QUIET_HOURS": "21-8"})
    monkeypatch.setattr(handler, "settings", lambda: chosen)
    monkeypatch.setattr(handler, "secrets", lambda: Secrets(signing_key="k" * 32))
    return world


def batch(world: World) -> dict[str, Any]:
    event = world.orders.events[-1]
    envelope = {"detail-type": event.detail_type, "detail": event.model_dump(mode="json")}
    record = {
        "messageId": "m-1",
        "receiptHandle": "r-1",
        "body": json.dumps(envelope),
        "attributes": {"ApproximateReceiveCount": "1"},
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:inbox",
    }
    return {"Records": [record]}


def test_the_event_brings_a_link_that_opens(world: World) -> None:
    world.start()
    handler.lambda_handler(batch(world), None)
    assert world.open(token_in(world.email.sent[0][1].text))


def test_the_same_delivery_twice_brings_one_message(world: World) -> None:
    world.start()
    for _ in range(2):
        handler.lambda_handler(batch(world), None)
    assert len(world.email.sent) == 1


class Queue:
    """What the function tells its queue."""

    def __init__(self) -> None:
        self.rests: list[int] = []

    def get_queue_url(self, **_: str) -> dict[str, str]:
        return {"QueueUrl": "http://queue.example/inbox"}

    def change_message_visibility(self, **asked: Any) -> None:
        self.rests.append(asked["VisibilityTimeout"])


def test_trouble_goes_back_to_the_queue(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Queue()
    monkeypatch.setattr(queues, "client", lambda _: queue)
    world.start()
    world.email.trouble = world.sms.trouble = Unavailable("provider.down", "down")
    answer = handler.lambda_handler(batch(world), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert queue.rests == [2]


def test_at_night_an_sms_rests_until_the_morning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = Queue()
    monkeypatch.setattr(queues, "client", lambda _: queue)
    in_ohio = a_script(address={"state": "OH"}).model_copy(update={"version": 1})
    world.orders.put_document(RX, in_ohio)
    world.start()
    world.email.trouble = Rejected("email.refused", "no such mailbox")
    world.clock.advance(timedelta(hours=13, minutes=30))  # 21:30 in Columbus
    answer = handler.lambda_handler(batch(world), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert (queue.rests, world.sms.sent) == ([10.5 * 3600], [])
    world.clock.advance(timedelta(hours=10, minutes=30))
    assert handler.lambda_handler(batch(world), None) == {"batchItemFailures": []}
    assert len(world.sms.sent) == 1


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
    values = values_of(
        template,
        record(PaymentRefunded, order, before=order, clock=world.clock),
        order,
        "email",
        orders=world.orders,
        tokens=world.tokens,
        portal_url=PORTAL,
    )
    assert values["amount"] == amount


def test_a_refund_of_a_part_names_that_part(world: World) -> None:
    back = Refund(
        key="k1",
        amount=Money(amount_minor=505),
        reason="service",
        by="usr_ops",
        role="ops",
        at=world.clock.now(),
        status="succeeded",
    )
    facts = {"key": "1", "payment_id": "pay_1", "attempt": 1, "status": "paid", "refunds": (back,)}
    world.orders.put_document(RX, Payment(**facts, amount=Money(amount_minor=2000)))
    order = world.orders.get(RX)
    event = record(PaymentRefunded, order, before=order, clock=world.clock, attempt=1, refund="k1")
    values = values_of(
        Template.REFUNDED,
        event,
        order,
        "email",
        orders=world.orders,
        tokens=world.tokens,
        portal_url=PORTAL,
    )
    assert values["amount"] == "$5.05"
