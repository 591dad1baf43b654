"""What a consumer tells its own SQS queue."""

from __future__ import annotations

from functools import lru_cache

from pharmonico.adapters.clients import client


def put_off(queue_arn: str, receipt_handle: str, seconds: int) -> None:
    """Have the message brought again after so many seconds (at most twelve hours)."""
    client("sqs").change_message_visibility(
        QueueUrl=_url(queue_arn), ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
    )


@lru_cache
def _url(queue_arn: str) -> str:
    name = queue_arn.rsplit(":", 1)[1]
    return str(client("sqs").get_queue_url(QueueName=name)["QueueUrl"])
