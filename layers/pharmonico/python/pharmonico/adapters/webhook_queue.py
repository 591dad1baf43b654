"""The queue that webhooks are sent from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pharmonico.adapters.clients import client
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_sqs import SQSClient

    from pharmonico.fulfillment.webhooks.ports import Task

SEND_MAX = 10
"""SendMessageBatch takes no more."""


class SqsDispatch:
    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def hand_in(self, tasks: Sequence[Task]) -> None:
        for start in range(0, len(tasks), SEND_MAX):
            self._send(tasks[start : start + SEND_MAX])

    def _send(self, tasks: Sequence[Task]) -> None:
        answer = self._client.send_message_batch(
            QueueUrl=self._url,
            Entries=[
                {"Id": str(number), "MessageBody": task.model_dump_json()}
                for number, task in enumerate(tasks)
            ],
        )
        if failed := answer.get("Failed"):
            raise Unavailable("webhooks.not_queued", f"{len(failed)} deliveries were not queued.")


def dispatch() -> SqsDispatch:
    return SqsDispatch(client("sqs"), _url(settings().need("WEBHOOKS_QUEUE")))


@lru_cache(maxsize=1)
def _url(queue: str) -> str:
    return str(client("sqs").get_queue_url(QueueName=queue)["QueueUrl"])
