"""Reference data on DynamoDB: one item per entry, pharmacies once more under their area cells.

Reads are eventually consistent: the data changes by imports, never by a decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pharmonico.adapters.dynamodb import directory_keys as keys
from pharmonico.fulfillment.directory import Entry, Medication, Pharmacy, Plan
from pharmonico.fulfillment.routing.areas import areas_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

    E = TypeVar("E", bound=Entry)

AREA_MAX = 20_000
"""Pharmacies read from one cell; a cell of half a degree holds a few thousand at most."""


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

    def occupied_areas(self) -> frozenset[str]:
        item = self._get(keys.AREAS_KEY)
        return frozenset(item["areas"]["SS"]) if item else frozenset()

    def pharmacies_in(self, area: str) -> tuple[Pharmacy, ...]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": keys.area_key(area, "")["pk"]},
            PaginationConfig={"MaxItems": AREA_MAX},
        )
        items = (item for page in pages for item in page["Items"])
        return tuple(Pharmacy.model_validate_json(item["body"]["S"]) for item in items)

    def _read(self, key: Item, model: type[E]) -> E | None:
        item = self._get(key)
        return model.model_validate_json(item["body"]["S"]) if item else None

    def _get(self, key: Item) -> Item | None:
        return self._client.get_item(TableName=self._table, Key=key).get("Item")


def medication_item(entry: Medication) -> Item:
    return _item(keys.medication_key(entry.ndc11), entry)


def plan_item(entry: Plan) -> Item:
    return _item(keys.plan_key(entry.bin, entry.pcn, entry.group), entry)


def pharmacy_items(entry: Pharmacy) -> list[Item]:
    """The pharmacy under its id and under each of its cells."""
    cells = (keys.area_key(area, entry.pharmacy_id) for area in areas_of(entry))
    return [_item(key, entry) for key in (keys.pharmacy_key(entry.pharmacy_id), *cells)]


def areas_item(pharmacies: Iterable[Pharmacy]) -> Item:
    """The list of occupied cells, which a search reads before it reads any cell."""
    occupied = sorted({area for entry in pharmacies for area in areas_of(entry)})
    return {**keys.AREAS_KEY, "areas": {"SS": occupied}}


def _item(key: Item, entry: Entry) -> Item:
    return {**key, "body": {"S": entry.model_dump_json(exclude_none=True)}}
