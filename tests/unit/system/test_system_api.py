"""What the dashboard's page on health reads, through the handler's own routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters.memory.partners import MemoryPartners
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.queue_depths import SqsQueues
from pharmonico.fulfillment.desk.queues import QueueDepth
from pharmonico.fulfillment.partners import OPENS_AT
from pharmonico.kit.errors import Conflict, NotFound, Unavailable
from pharmonico.lambdas.http import Api

from functions.system_api.handler import lambda_handler
from functions.system_api.system import KEPT_S, tell
from tests.builders import NOON, a_clock
from tests.gateway import Answer, send
from tests.unit.ops_api.test_ops_api import KnownTokens

QUEUES, PARTNERS = "/api/v1/system/queues", "/api/v1/system/partners"
DEPTHS = (QueueDepth("notification", 3, 1, 2), QueueDepth("reconcile", None, None, 0))


class Room:
    """The two routes with their stores."""

    def __init__(self) -> None:
        self.clock = a_clock()
        self.depths_now: tuple[QueueDepth, ...] | Exception = DEPTHS
        self.partners = MemoryPartners()
        tokens = MemoryTokens(clock=self.clock)
        self.api = Api(verifier=KnownTokens, tokens=lambda: tokens, clock=self.clock)
        self.acts: list[tuple[str, str, dict[str, str]]] = []
        tell(
            self.api,
            queues=lambda: self,
            partners=lambda: self.partners,
            tokens=lambda: tokens,
            audited=self.audited,
        )

    def depths(self) -> tuple[QueueDepth, ...]:
        if isinstance(self.depths_now, Exception):
            raise self.depths_now
        return self.depths_now

    def redrive(self, name: str) -> int:
        self.depths_now = (QueueDepth(name, 5, 1, 0),)
        return 2

    def audited(self, action: str, resource: str, **detail: str) -> None:
        self.acts.append((action, resource, detail))

    def put_back(self, name: str, who: str = "ops") -> Answer:
        headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": "one"}
        return send(self.api.handler, "POST", f"{QUEUES}/{name}/redrive", headers=headers)

    def ask(self, path: str, who: str = "ops") -> Answer:
        return send(self.api.handler, "GET", path, headers={"Authorization": f"Bearer {who}"})


@pytest.fixture
def room() -> Room:
    return Room()


def test_queues_are_told_with_what_nobody_could_take(room: Room) -> None:
    assert room.ask(QUEUES).json == {
        "queues": [
            {"name": "notification", "waiting": 3, "in_flight": 1, "dead_letters": 2},
            {"name": "reconcile", "waiting": None, "in_flight": None, "dead_letters": 0},
        ],
        "counted_at": "2026-09-15T12:00:00Z",
    }


def test_they_are_counted_once_in_ten_seconds(room: Room) -> None:
    first = room.ask(QUEUES).json
    room.depths_now = ()
    assert room.ask(QUEUES).json == first
    room.clock.advance(timedelta(seconds=KEPT_S))
    assert room.ask(QUEUES).json["queues"] == []


def test_queues_that_cannot_be_asked_are_no_empty_list(room: Room) -> None:
    room.depths_now = Unavailable("system.queues_silent", "The queues cannot be asked now.")
    answer = room.ask(QUEUES)
    assert (answer.status, answer.json["code"]) == (503, "system.queues_silent")


def test_partners_are_told_of_before_anybody_called_them(room: Room) -> None:
    shown = room.ask(PARTNERS).json["partners"]
    assert [each["partner"] for each in shown] == ["payer", "ses", "shippo", "stripe", "twilio"]
    assert {each["circuit"] for each in shown} == {"closed"}
    assert {each["last_success"] for each in shown} == {None}


def test_who_is_in_trouble_comes_first(room: Room) -> None:
    states, later = room.partners, NOON + timedelta(seconds=2)
    states.note_success("payer", at=NOON)
    for _ in range(OPENS_AT):
        states.note_failure("prescriber#clinic", "prescriber.no_answer", at=NOON, try_at=later)
    first, second = room.ask(PARTNERS).json["partners"][:2]
    assert first == {
        "partner": "prescriber",
        "endpoint": "clinic",
        "circuit": "open",
        "failures": OPENS_AT,
        "last_success": None,
        "last_failure": "2026-09-15T12:00:00Z",
        "last_failure_code": "prescriber.no_answer",
    }
    assert (second["partner"], second["endpoint"]) == ("payer", None)
    assert second["last_success"] == "2026-09-15T12:00:00Z"
    room.clock.advance(timedelta(seconds=2))
    assert room.ask(PARTNERS).json["partners"][0]["circuit"] == "half_open"


@pytest.mark.parametrize("path", [QUEUES, PARTNERS])
def test_only_ops_and_auditors_see_them(room: Room, path: str) -> None:
    for who in ("pharmacist", "pharmacy_manager", "clinic"):
        assert room.ask(path, who).status == 403
    assert room.ask(path, "auditor").status == 200
    assert send(lambda_handler, "GET", path).status == 401


def test_ops_have_dead_letters_tried_again_once_a_key(room: Room) -> None:
    room.ask(QUEUES)
    answers = [room.put_back("notification") for _ in range(2)]
    assert [answer.json for answer in answers] == [{"name": "notification", "redriven": 2}] * 2
    assert room.acts == [("queue_redriven", "queue_notification", {"messages": "2"})]
    (shown,) = room.ask(QUEUES).json["queues"]
    assert shown["dead_letters"] == 0
    assert room.put_back("notification", "auditor").status == 403
    assert room.put_back("Not-a-name").status == 422


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield boto3.client("sqs")


def test_depths_are_read_from_sqs(sqs: Any) -> None:
    for name in ("p-mail", "p-mail-dead", "p-clock-dead"):
        sqs.create_queue(QueueName=name)
    mail, dead = (sqs.get_queue_url(QueueName=n)["QueueUrl"] for n in ("p-mail", "p-mail-dead"))
    for _ in range(3):
        sqs.send_message(QueueUrl=mail, MessageBody="a")
    sqs.receive_message(QueueUrl=mail, MaxNumberOfMessages=1, VisibilityTimeout=60)
    sqs.send_message(QueueUrl=dead, MessageBody="b")
    queues = SqsQueues(sqs, prefix="p-", queues=["mail"], dead_letters=["mail", "clock"])
    assert queues.depths() == (QueueDepth("clock", None, None, 0), QueueDepth("mail", 2, 1, 1))


def test_a_queue_that_is_not_there_is_no_empty_one(sqs: Any) -> None:
    with pytest.raises(Unavailable):
        SqsQueues(sqs, prefix="p-", queues=["mail"], dead_letters=[]).depths()


def a_mailbox(sqs: Any, dead: int) -> SqsQueues:
    """The queue `mail` with so many dead letters, and dead letters of a clock."""
    for name in ("p-mail", "p-mail-dead", "p-clock-dead"):
        sqs.create_queue(QueueName=name)
    url = sqs.get_queue_url(QueueName="p-mail-dead")["QueueUrl"]
    for number in range(dead):
        sqs.send_message(QueueUrl=url, MessageBody=f"letter {number}")
    return SqsQueues(sqs, prefix="p-", queues=["mail"], dead_letters=["mail", "clock"])


def test_dead_letters_go_back_as_they_are(sqs: Any) -> None:
    queues = a_mailbox(sqs, 12)
    assert queues.redrive("mail") == 12
    assert queues.depths()[1] == QueueDepth("mail", 12, 0, 0)
    url = sqs.get_queue_url(QueueName="p-mail")["QueueUrl"]
    found = [
        message["Body"]
        for _ in range(2)
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    ]
    assert sorted(found) == sorted(f"letter {number}" for number in range(12))
    assert queues.redrive("mail") == 0


def test_one_call_puts_back_so_many(sqs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pharmonico.adapters.queue_depths.REDRIVEN_MAX", 20)
    assert a_mailbox(sqs, 25).redrive("mail") == 20


def test_what_came_from_no_queue_has_no_way_back(sqs: Any) -> None:
    queues = a_mailbox(sqs, 0)
    with pytest.raises(Conflict, match=r"queue\.no_way_back"):
        queues.redrive("clock")
    with pytest.raises(NotFound):
        queues.redrive("nothing")
