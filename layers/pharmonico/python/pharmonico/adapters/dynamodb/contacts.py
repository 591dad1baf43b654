"""Wishes and stops on DynamoDB, in the table of the orders, under blind keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_one
from pharmonico.fulfillment.notification.contacts import Stop, Wishes

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

WISHES_SK, STOP_SK = "wishes", "stop"


class DynamoContacts:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def wishes(self, patient_id: str) -> Wishes:
        body = self._body(_key(patient_id, WISHES_SK))
        return Wishes.model_validate_json(body) if body else Wishes(patient_id=patient_id)

    def put_wishes(self, wishes: Wishes) -> Wishes:
        raised = wishes.model_copy(update={"version": wishes.version + 1})
        item = {
            **_key(wishes.patient_id, WISHES_SK),
            "version": {"N": str(raised.version)},
            "body": {"S": raised.model_dump_json(exclude_none=True)},
        }
        write_one(self._client, self._table, item, wishes.version)
        return raised

    def stop(self, number: str) -> Stop | None:
        body = self._body(_key(number, STOP_SK))
        return Stop.model_validate_json(body) if body else None

    def put_stop(self, stop: Stop) -> None:
        item = {**_key(stop.number, STOP_SK), "body": {"S": stop.model_dump_json()}}
        write_one(self._client, self._table, item, None)

    def _body(self, key: Item) -> str | None:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        item: Any = answer.get("Item")
        return str(item["body"]["S"]) if item else None


def _key(who: str, sk: str) -> Item:
    return {"pk": {"S": f"contact#{who}"}, "sk": {"S": sk}}
