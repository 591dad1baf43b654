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

    def chain(self, name: str) -> tuple[Entry, ...]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :chain",
            ExpressionAttributeValues={":chain": {"S": name}},
            ConsistentRead=True,
            PaginationConfig={"MaxItems": CHAIN_MAX},
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
