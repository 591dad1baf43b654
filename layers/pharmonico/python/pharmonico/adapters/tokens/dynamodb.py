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

    def swap(self, key: str, value: str, *, ttl_s: int) -> str | None:
        answer = self._client.put_item(
            TableName=self._table, Item=self._item(key, value, ttl_s), ReturnValues="ALL_OLD"
        )
        return self._live(answer.get("Attributes"))

    def take(self, key: str) -> str | None:
        answer = self._client.delete_item(
            TableName=self._table, Key={"pk": {"S": key}}, ReturnValues="ALL_OLD"
        )
        return self._live(answer.get("Attributes"))

    def drop(self, key: str) -> None:
        self._client.delete_item(TableName=self._table, Key={"pk": {"S": key}})

    def count(self, key: str, *, ttl_s: int) -> int:
        """One write, unless there is an expired counter that the table has not swept yet."""
        live = "attribute_not_exists(pk) OR expires_at > :now"
        begin = "SET expires_at = if_not_exists(expires_at, :end) ADD tally :one"
        anew = "SET expires_at = :end, tally = :one"
        for condition, update in ((live, begin), ("expires_at <= :now", anew), (live, begin)):
            try:
                return self._counted(key, condition, update, ttl_s=ttl_s)
            except ClientError as error:
                if error.response["Error"]["Code"] != _TAKEN:
                    raise
        raise TimeoutError(f"a counter of {ttl_s} s expires while it is counted")

    def _counted(self, key: str, condition: str, update: str, *, ttl_s: int) -> int:
        now = self._now()
        values = {":one": {"N": "1"}, ":now": {"N": str(now)}, ":end": {"N": str(now + ttl_s)}}
        answer = self._client.update_item(
            TableName=self._table,
            Key={"pk": {"S": key}},
            UpdateExpression=update,
            ConditionExpression=condition,
            ExpressionAttributeValues=values,
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["tally"]["N"])

    def _item(self, key: str, value: str, ttl_s: int) -> Item:
        expires_at = {"N": str(self._now() + ttl_s)}
        return {"pk": {"S": key}, "held": {"S": value}, "expires_at": expires_at}

    def _live(self, item: Item | None) -> str | None:
        if item is None or int(item["expires_at"]["N"]) <= self._now():
            return None
        return str(item["held"]["S"])

    def _now(self) -> int:
        return int(self._clock.now().timestamp())
