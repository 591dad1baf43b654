"""Reference data on DynamoDB: one item per entry.

Reads are eventually consistent: the data changes by imports, never by a decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pharmonico.adapters.dynamodb import directory_keys as keys
from pharmonico.fulfillment.directory import Entry, Medication, Pharmacy, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

    E = TypeVar("E", bound=Entry)


class DynamoDirectory:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def medication(self, ndc11: str) -> Medication | None:
        return self._read(keys.medication_key(ndc11), Medication)

    def medications(self, ndc11s: Iterable[str]) -> tuple[Medication, ...]:
        found = (self.medication(code) for code in ndc11s)
        return tuple(medication for medication in found if medication)

    def pharmacy(self, pharmacy_id: str) -> Pharmacy | None:
        return self._read(keys.pharmacy_key(pharmacy_id), Pharmacy)

    def plan(self, bin_: str, pcn: str, group: str) -> Plan | None:
        own = self._read(keys.plan_key(bin_, pcn, group), Plan) if group else None
        return own or self._read(keys.plan_key(bin_, pcn, ""), Plan)

    def _read(self, key: Item, model: type[E]) -> E | None:
        item = self._get(key)
        return model.model_validate_json(item["body"]["S"]) if item else None

    def _get(self, key: Item) -> Item | None:
        return self._client.get_item(TableName=self._table, Key=key).get("Item")


def medication_item(entry: Medication) -> Item:
    return _item(keys.medication_key(entry.ndc11), entry)


def plan_item(entry: Plan) -> Item:
    return _item(keys.plan_key(entry.bin, entry.pcn, entry.group), entry)


def pharmacy_item(entry: Pharmacy) -> Item:
    return _item(keys.pharmacy_key(entry.pharmacy_id), entry)


def _item(key: Item, entry: Entry) -> Item:
    return {**key, "body": {"S": entry.model_dump_json(exclude_none=True)}}
