"""Audit chains on DynamoDB: the sort key is the sequence, and nothing is ever overwritten.

The role of the functions may put and query, not update or delete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters.dynamodb.writes import write_one
from pharmonico.fulfillment.audit import CHAIN_MAX, Entry

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient


class DynamoAuditTrail:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        return self._entries(name, after=after, limit=CHAIN_MAX, forward=True)

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        return self._entries(name, after=0, limit=limit, forward=False)

    def _entries(self, name: str, *, after: int, limit: int, forward: bool) -> tuple[Entry, ...]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :chain AND seq > :after",
            ExpressionAttributeValues={":chain": {"S": name}, ":after": {"N": str(after)}},
            ConsistentRead=True,
            ScanIndexForward=forward,
            PaginationConfig={"MaxItems": limit, "PageSize": limit},
        )
        return tuple(
            Entry.model_validate_json(item["body"]["S"]) for page in pages for item in page["Items"]
        )

    def add(self, name: str, entry: Entry) -> None:
        item = {
            "pk": {"S": name},
            "seq": {"N": str(entry.sequence)},
            "body": {"S": entry.model_dump_json()},
        }
        write_one(self._client, self._table, item, 0)
