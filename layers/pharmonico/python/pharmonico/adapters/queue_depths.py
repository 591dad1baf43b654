"""How many messages SQS keeps in our queues, and those put back that nobody could take."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.adapters.clients import client
from pharmonico.fulfillment.desk.queues import DEAD_SUFFIX, REDRIVEN_MAX, QueueDepth
from pharmonico.kit.errors import Conflict, NotFound, Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Collection

    from types_boto3_sqs import SQSClient

BATCH = 10
AT_ONCE = 8
"""SQS tells of one queue a call, and of thirty one after the other too late for a page."""


class SqsQueues:
    """`queues` have one before them, `dead_letters` one behind; names without the prefix."""

    def __init__(
        self,
        client: SQSClient,
        *,
        prefix: str,
        queues: Collection[str],
        dead_letters: Collection[str],
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._queues = frozenset(queues)
        self._dead_letters = frozenset(dead_letters)
        self._urls: dict[str, str] = {}

    def depths(self) -> tuple[QueueDepth, ...]:
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                return tuple(pool.map(self._depth, sorted(self._queues | self._dead_letters)))
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("system.queues_silent", "The queues cannot be asked now.") from error

    def redrive(self, name: str) -> int:
        if name not in self._queues | self._dead_letters:
            raise NotFound("queue.not_found", "There is no such queue.")
        if name not in self._queues or name not in self._dead_letters:
            raise Conflict("queue.no_way_back", "There is no queue that they could go back into.")
        try:
            return self._move(self._url(f"{name}{DEAD_SUFFIX}"), self._url(name))
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("system.queues_silent", "The queues cannot be asked now.") from error

    def _move(self, source: str, target: str) -> int:
        moved = 0
        while moved < REDRIVEN_MAX and (some := self._moved(source, target)):
            moved += some
        return moved

    def _moved(self, source: str, target: str) -> int:
        """A batch is put into the queue before it is taken from the dead letters."""
        found = self._client.receive_message(
            QueueUrl=source, MaxNumberOfMessages=BATCH, WaitTimeSeconds=1, VisibilityTimeout=60
        ).get("Messages", [])
        if not found:
            return 0
        sent = self._client.send_message_batch(
            QueueUrl=target,
            Entries=[
                {"Id": str(place), "MessageBody": message["Body"]}
                for place, message in enumerate(found)
            ],
        )
        done = [found[int(each["Id"])] for each in sent.get("Successful", [])]
        if not done:
            raise Unavailable("system.queues_silent", "The queue takes nothing now.")
        self._client.delete_message_batch(
            QueueUrl=source,
            Entries=[
                {"Id": str(place), "ReceiptHandle": message["ReceiptHandle"]}
                for place, message in enumerate(done)
            ],
        )
        return len(done)

    def _depth(self, name: str) -> QueueDepth:
        waiting, in_flight = self._counts(name) if name in self._queues else (None, None)
        dead = sum(self._counts(f"{name}{DEAD_SUFFIX}")) if name in self._dead_letters else 0
        return QueueDepth(name, waiting, in_flight, dead)

    def _counts(self, queue: str) -> tuple[int, int]:
        said = self._client.get_queue_attributes(
            QueueUrl=self._url(queue),
            AttributeNames=[
                "ApproximateNumberOfMessages",
                "ApproximateNumberOfMessagesDelayed",
                "ApproximateNumberOfMessagesNotVisible",
            ],
        )["Attributes"]
        waiting = int(said["ApproximateNumberOfMessages"])
        waiting += int(said["ApproximateNumberOfMessagesDelayed"])
        return waiting, int(said["ApproximateNumberOfMessagesNotVisible"])

    def _url(self, queue: str) -> str:
        if queue not in self._urls:
            found = self._client.get_queue_url(QueueName=f"{self._prefix}{queue}")
            self._urls[queue] = found["QueueUrl"]
        return self._urls[queue]


@lru_cache(maxsize=1)
def queues() -> SqsQueues:
    """One per process: it remembers the queues' addresses."""
    known = settings()
    return SqsQueues(
        client("sqs"),
        prefix=known.need("QUEUE_PREFIX"),
        queues=known.need("QUEUES").split(),
        dead_letters=known.need("DEAD_LETTERS").split(),
    )
