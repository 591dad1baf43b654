"""A batch from a queue: each message on its own, those that failed come back later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.kit.errors import Unavailable
from pharmonico.lambdas.queue import PAUSE_MAX_S, pause_after, queue_consumer

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event

QUEUE = "arn:aws:sqs:us-east-1:000000000000:inbox"


def message(name: str, *, tries: int = 1, body: str | None = None) -> dict[str, Any]:
    detail = {
        "meta": {
            "event_id": name,
            "occurred_at": "2026-11-20T12:00:00Z",
            "correlation_id": "cor_1",
            "actor": {"id": "system", "role": "system"},
        },
        "data": {
            "prescription_id": "rx_1",
            "run": 1,
            "status_from": None,
            "status_to": "received",
        },
    }
    envelope = {"detail-type": "intake_received", "detail": detail}
    return {
        "messageId": f"m-{name}",
        "receiptHandle": f"r-{name}",
        "body": json.dumps(envelope) if body is None else body,
        "attributes": {"ApproximateReceiveCount": str(tries)},
        "eventSourceARN": QUEUE,
    }


class Inbox:
    """A consumer that stumbles over the events named, and what it put off."""

    def __init__(self, *stumbles: str) -> None:
        self.stumbles = set(stumbles)
        self.handled: list[str] = []
        self.rests: list[tuple[str, str, int]] = []

    def run(self, event: Event[Any]) -> None:
        if event.meta.event_id in self.stumbles:
            raise Unavailable("sms.down", "The provider does not answer.")
        self.handled.append(event.meta.event_id)

    def put_off(self, queue: str, receipt: str, seconds: int) -> None:
        self.rests.append((queue, receipt, seconds))

    def takes(self, *messages: dict[str, Any]) -> list[str]:
        answer = queue_consumer(put_off=self.put_off)(self.run)({"Records": list(messages)}, None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_a_good_batch_is_done() -> None:
    inbox = Inbox()
    assert inbox.takes(message("a"), message("b")) == []
    assert (inbox.handled, inbox.rests) == (["a", "b"], [])


def test_one_that_fails_comes_back_alone() -> None:
    inbox = Inbox("b")
    assert inbox.takes(message("a"), message("b", tries=3), message("c")) == ["m-b"]
    assert inbox.handled == ["a", "c"]
    assert inbox.rests == [(QUEUE, "r-b", pause_after(3))]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"detail-type": "unheard_of", "detail": {}}'])
def test_what_is_no_event_comes_back_and_ends_among_the_dead_letters(body: str) -> None:
    assert Inbox().takes(message("x", body=body), message("a")) == ["m-x"]


def test_a_queue_that_cannot_be_told_fails_nothing_else() -> None:
    inbox = Inbox("a")

    def gone(*_: object) -> None:
        raise Unavailable("queue.down", "The queue does not answer.")

    answer = queue_consumer(put_off=gone)(inbox.run)({"Records": [message("a")]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-a"}]}


def test_pauses_double_up_to_an_hour() -> None:
    pauses = [pause_after(tries) for tries in range(1, 60)]
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses == sorted(pauses)
    assert pauses[-1] == PAUSE_MAX_S
