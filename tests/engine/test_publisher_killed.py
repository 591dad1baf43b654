"""The publisher dies between the table's stream and the bus: nothing is lost, nothing is twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cloud.door import INTAKE
from tests.cloud.messages import a_member, a_new_rx
from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.world import World

LAST_WORDS = "the publisher dies"
DIES_BEFORE = f"""
import os

def lambda_handler(batch, context):
    print("{LAST_WORDS}", flush=True)
    os._exit(1)
"""
DIES_AFTER = """
import os

from pharmonico.adapters import aws
from pharmonico.lambdas.stream import publisher

publish = publisher(aws.bus)

def lambda_handler(batch, context):
    publish(batch, context)
    os._exit(1)  # the stream never hears that it went well
"""


def test_what_was_written_while_the_publisher_was_dead_is_published_later(world: World) -> None:
    sent = [a_new_rx() for _ in range(3)]
    waiting = world.a_prescription(at="awaiting_payment", member=a_member()).waits_for("payment")
    with world.backstage.replaced("publisher", DIES_BEFORE):
        answers = [world.door.send(message.raw, INTAKE) for message in sent]
        assert [answer.status_code for answer in answers] == [202] * 3
        made = [
            world.known(answer.json()["id"], message)
            for answer, message in zip(answers, sent, strict=True)
        ]
        waiting.pay()
        until(lambda: waiting.status == "paid", "the payment to be noted")
        until(lambda: LAST_WORDS in str(world.backstage.said("publisher")), "the publisher to die")
        assert {rx.status for rx in made} == {"received"}
        assert [world.tap.events(rx.id) for rx in made] == [[], [], []]
    for rx in made:
        rx.reaches("validated").tells("intake_received", "prescription_validated")
        world.tap.first(rx.id, "prescription_validated")
        kinds = [event["detail-type"] for event in world.tap.events(rx.id)]
        assert kinds == ["intake_received", "prescription_validated"]
    waiting.reaches("shipped").tells("shipping_label_generated")
    waiting.tells_once("payment_successful")


def test_what_was_published_by_one_that_died_before_saying_so_happens_once(
    world: World,
) -> None:
    with world.backstage.replaced("publisher", DIES_AFTER):
        rx = world.a_prescription(at="received")
        until(
            lambda: len(world.tap.events(rx.id, "intake_received")) > 1,
            "the same event to be published again",
        )
    rx.reaches("validated").waits_for("enrollment").tells("prescription_validated")
    heard = world.tap.events(rx.id, "intake_received")
    assert len({event["detail"]["meta"]["event_id"] for event in heard}) == 1
    rx.tells_once("intake_received", "prescription_validated")
    until(lambda: len(world.backstage.running(rx.id)) == 1, "all but one execution to end")
    owner = rx.stored["owner"]
    rx.enroll().reaches("awaiting_pharmacy_selection").tells("pharmacies_recommended")
    assert (rx.stored["owner"], rx.stored["run"]) == (owner, 1)
    rx.tells_once("enrollment_completed")
    invitations = [m for m in world.partners.mails(rx.message.address) if "#t=" in str(m["links"])]
    assert len(invitations) == 1
