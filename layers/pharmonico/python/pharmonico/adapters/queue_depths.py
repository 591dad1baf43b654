"""How many messages SQS keeps in our queues."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.adapters.clients import client
from pharmonico.fulfillment.desk.queues import DEAD_SUFFIX, QueueDepth
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Collection

    from types_boto3_sqs import SQSClient

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
