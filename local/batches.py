"""DynamoDB in batches: reads and writes of many items, repeated until all are taken."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.adapters.dynamodb.keys import Item
    from types_boto3_dynamodb import DynamoDBClient

WRITTEN_AT_ONCE = 25
READ_AT_ONCE = 100
TRIES = 8
PAUSE_S = 0.05


def put_all(client: DynamoDBClient, table: str, items: Sequence[Item]) -> None:
    """Put every item; `TimeoutError` when the table takes only a part of them."""
    for start in range(0, len(items), WRITTEN_AT_ONCE):
        left: Any = [{"PutRequest": {"Item": item}} for item in items[start:][:WRITTEN_AT_ONCE]]
        for attempt in range(TRIES):
            answer = client.batch_write_item(RequestItems={table: left})
            left = answer.get("UnprocessedItems", {}).get(table, [])
            if not left:
                break
            time.sleep(PAUSE_S * 2**attempt)
        else:
            raise TimeoutError(f"{table} took only a part of the items")


def get_all(client: DynamoDBClient, table: str, keys: Sequence[Item]) -> list[Item]:
    """Those of the items that are there, in any order; `TimeoutError` as above."""
    found: list[Item] = []
    for start in range(0, len(keys), READ_AT_ONCE):
        left: Any = {"Keys": keys[start:][:READ_AT_ONCE]}
        for attempt in range(TRIES):
            answer = client.batch_get_item(RequestItems={table: left})
            found += answer["Responses"].get(table, [])
            left = answer.get("UnprocessedKeys", {}).get(table)
            if not left:
                break
            time.sleep(PAUSE_S * 2**attempt)
        else:
            raise TimeoutError(f"{table} gave only a part of the items")
    return found
