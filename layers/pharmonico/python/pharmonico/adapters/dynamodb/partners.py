"""How partners answer, on the desk's table: one item each, under one key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.partners import PartnerState

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

PARTNERS_PK = "partners"
SHOWN_MAX = 100


class DynamoPartners:
    """Times are kept as milliseconds, which compare as numbers."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def state(self, name: str) -> PartnerState:
        answer = self._client.get_item(TableName=self._table, Key=_key(name))
        return _read(name, answer.get("Item", {}))

    def states(self) -> tuple[PartnerState, ...]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": PARTNERS_PK}},
            Limit=SHOWN_MAX,
        )
        return tuple(_read(item["sk"]["S"], item) for item in answer["Items"])

    def note_success(self, name: str, *, at: datetime) -> None:
        self._client.update_item(
            TableName=self._table,
            Key=_key(name),
            UpdateExpression="SET failures = :none, succeeded_at = :at",
            ExpressionAttributeValues={":none": {"N": "0"}, ":at": _written(at)},
        )

    def note_failure(self, name: str, code: str, *, at: datetime, try_at: datetime) -> PartnerState:
        answer = self._client.update_item(
            TableName=self._table,
            Key=_key(name),
            UpdateExpression="SET failed_at = :at, code = :code, try_at = :try ADD failures :one",
            ExpressionAttributeValues={
                ":at": _written(at),
                ":code": {"S": code},
                ":try": _written(try_at),
                ":one": {"N": "1"},
            },
            ReturnValues="ALL_NEW",
        )
        return _read(name, answer["Attributes"])

    def claim_try(self, name: str, *, now: datetime, until: datetime) -> bool:
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(name),
                UpdateExpression="SET try_at = :until",
                ConditionExpression="attribute_not_exists(try_at) OR try_at <= :now",
                ExpressionAttributeValues={":until": _written(until), ":now": _written(now)},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(name: str) -> Item:
    return {"pk": {"S": PARTNERS_PK}, "sk": {"S": name}}


def _written(moment: datetime) -> Any:
    return {"N": str(int(moment.timestamp() * 1_000))}


def _moment(value: Any) -> datetime | None:
    return datetime.fromtimestamp(int(value["N"]) / 1_000, UTC) if value else None


def _read(name: str, item: Any) -> PartnerState:
    return PartnerState(
        name=name,
        failures=int(item["failures"]["N"]) if "failures" in item else 0,
        succeeded_at=_moment(item.get("succeeded_at")),
        failed_at=_moment(item.get("failed_at")),
        code=item["code"]["S"] if "code" in item else "",
        try_at=_moment(item.get("try_at")),
    )
