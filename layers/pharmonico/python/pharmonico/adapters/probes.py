"""Quick looks at the table, for health and metrics: short timeouts, bounded reads."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.adapters.dynamodb.keys import STATUS_INDEX, order_key
from pharmonico.fulfillment.status import TERMINAL, Status
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.kit.clock import Clock

COUNT_MAX = 500
"""Counting reads what it counts, so it ends here; `500` means "at least 500"."""
COUNTS_TTL = timedelta(seconds=30)
OPEN = tuple(status for status in Status if status not in TERMINAL)
_QUICK = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})


class TableProbe:
    """Whether the orders table answers, and how many prescriptions stand in each open status."""

    def __init__(self, client: DynamoDBClient, table: str, *, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._counted_at: datetime | None = None

    def answers(self) -> bool:
        try:
            self._client.get_item(TableName=self._table, Key=order_key("none"))
        except (ClientError, BotoCoreError):
            return False
        return True

    def counts(self) -> dict[str, int]:
        now = self._clock.now()
        if self._counted_at is None or now - self._counted_at >= COUNTS_TTL:
            self._counts = {status.value: self._count(status) for status in OPEN}
            self._counted_at = now
        return self._counts

    def _count(self, status: Status) -> int:
        answer = self._client.query(
            TableName=self._table,
            IndexName=STATUS_INDEX,
            KeyConditionExpression="gsi_status = :status",
            ExpressionAttributeValues={":status": {"S": status.value}},
            Select="COUNT",
            Limit=COUNT_MAX,
        )
        return answer["Count"]


@lru_cache(maxsize=1)
def table_probe() -> TableProbe:
    make: Callable[..., Any] = boto3.client
    table = settings().need("ORDERS_TABLE")
    return TableProbe(make("dynamodb", config=_QUICK), table, clock=SystemClock())
