"""Tokens on DynamoDB. The table's TTL deletes lazily, so every read compares the expiry itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item
    from pharmonico.kit.clock import Clock

_TAKEN = "ConditionalCheckFailedException"


class DynamoTokens:
    def __init__(self, client: DynamoDBClient, table: str, *, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def put(self, key: str, value: str, *, ttl_s: int) -> None:
        self._client.put_item(TableName=self._table, Item=self._item(key, value, ttl_s))

    def put_new(self, key: str, value: str, *, ttl_s: int) -> bool:
        try:
            self._client.put_item(
                TableName=self._table,
                Item=self._item(key, value, ttl_s),
                ConditionExpression="attribute_not_exists(pk) OR expires_at <= :now",
                ExpressionAttributeValues={":now": {"N": str(self._now())}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _TAKEN:
                return False
            raise
        return True

    def get(self, key: str) -> str | None:
        answer = self._client.get_item(
            TableName=self._table, Key={"pk": {"S": key}}, ConsistentRead=True
        )
        return self._live(answer.get("Item"))

    def take(self, key: str) -> str | None:
        answer = self._client.delete_item(
            TableName=self._table, Key={"pk": {"S": key}}, ReturnValues="ALL_OLD"
        )
        return self._live(answer.get("Attributes"))

    def drop(self, key: str) -> None:
        self._client.delete_item(TableName=self._table, Key={"pk": {"S": key}})

    def count(self, key: str, *, ttl_s: int) -> int:
        try:
            return self._add(key)
        except ClientError as error:
            if error.response["Error"]["Code"] != _TAKEN:
                raise
        if self.put_new(key, "1", ttl_s=ttl_s):
            return 1
        return self._add(key)

    def _add(self, key: str) -> int:
        """Add to a live counter; the condition fails when there is none (any more)."""
        answer = self._client.update_item(
            TableName=self._table,
            Key={"pk": {"S": key}},
            UpdateExpression="ADD tally :one",
            ConditionExpression="attribute_exists(pk) AND expires_at > :now",
            ExpressionAttributeValues={":one": {"N": "1"}, ":now": {"N": str(self._now())}},
            ReturnValues="UPDATED_NEW",
        )
        return 1 + int(answer["Attributes"]["tally"]["N"])

    def _item(self, key: str, value: str, ttl_s: int) -> Item:
        expires_at = {"N": str(self._now() + ttl_s)}
        return {"pk": {"S": key}, "held": {"S": value}, "expires_at": expires_at}

    def _live(self, item: Item | None) -> str | None:
        if item is None or int(item["expires_at"]["N"]) <= self._now():
            return None
        return str(item["held"]["S"])

    def _now(self) -> int:
        return int(self._clock.now().timestamp())
