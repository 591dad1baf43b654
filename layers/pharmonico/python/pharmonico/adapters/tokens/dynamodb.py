"""Tokens on DynamoDB. The table's TTL deletes lazily, so every read compares the expiry itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item
    from pharmonico.kit.clock import Clock

_TAKEN = "ConditionalCheckFailedException"
_ON = "SET expires_at = if_not_exists(expires_at, :end) ADD tally :one"
_OVER, _ANEW = "expires_at <= :now", "SET expires_at = :end, tally = :one"


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
        for condition, update in ((live, _ON), (_OVER, _ANEW), (live, _ON)):
            total = self._counted(key, condition, update, ttl_s=ttl_s)
            if total is not None:
                return total
        raise TimeoutError(f"a counter of {ttl_s} s expires while it is counted")

    def count_apart(self, key: str, *, ttl_s: int, pause_s: int) -> int | None:
        """The pause stands with the counter: both are one write."""
        live = "attribute_not_exists(pk) OR (expires_at > :now AND last_at <= :paused)"
        for condition, update in ((live, _ON), (_OVER, _ANEW)):
            total = self._counted(key, condition, update, ttl_s=ttl_s, pause_s=pause_s)
            if total is not None:
                return total
        return None

    def _counted(
        self, key: str, condition: str, update: str, *, ttl_s: int, pause_s: int | None = None
    ) -> int | None:
        """What it counts up to; None where the condition does not hold."""
        now = self._now()
        values = {":one": 1, ":now": now, ":end": now + ttl_s}
        if pause_s is not None:
            update = update.replace("SET ", "SET last_at = :now, ")
            if ":paused" in condition:
                values[":paused"] = now - pause_s
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key={"pk": {"S": key}},
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues={name: {"N": str(n)} for name, n in values.items()},
                ReturnValues="UPDATED_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _TAKEN:
                return None
            raise
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
