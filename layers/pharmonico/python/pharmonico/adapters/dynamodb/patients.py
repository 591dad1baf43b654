"""Patients' papers on DynamoDB, in the table of the orders, which writes them with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb import keys
from pharmonico.adapters.dynamodb.items import paper_item, read_document
from pharmonico.adapters.dynamodb.writes import write_all
from pharmonico.fulfillment.patients.papers import (
    OPEN_PAIRS,
    Holder,
    Listed,
    Pair,
    PatientRecord,
    bucket_owner,
    holder_owner,
    record_owner,
)
from pharmonico.fulfillment.patients.ports import PairPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_dynamodb import DynamoDBClient


class DynamoPatients:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def record(self, patient_id: str) -> PatientRecord | None:
        item = self._read(keys.paper_key(record_owner(patient_id), PatientRecord.kind, "1"))
        return read_document(item, PatientRecord) if item else None

    def holder(self, number: str) -> Holder | None:
        item = self._read(keys.paper_key(holder_owner(number), Holder.kind, "1"))
        return read_document(item, Holder) if item else None

    def alike(self, bucket: str, *, limit: int) -> tuple[Listed, ...]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": bucket_owner(bucket)}},
            Limit=limit,
        )
        return tuple(read_document(item, Listed) for item in answer["Items"])

    def open_pairs(self, *, limit: int, after: str | None = None) -> PairPage:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk > :after",
            ExpressionAttributeValues={
                ":pk": {"S": OPEN_PAIRS},
                ":after": {"S": f"{Pair.kind}#{after or ''}"},
            },
            Limit=limit + 1,
            ConsistentRead=True,
        )
        found = [read_document(item, Pair) for item in answer["Items"]]
        items = tuple(found[:limit])
        return PairPage(items, items[-1].key if len(found) > limit else None)

    def open_pair(self, key: str) -> Pair | None:
        item = self._read(keys.paper_key(OPEN_PAIRS, Pair.kind, key))
        return read_document(item, Pair) if item else None

    def decide(self, pair: Pair, records: Sequence[PatientRecord] = ()) -> None:
        write_all(
            self._client,
            self._table,
            [(paper_item(pair), 0), *((paper_item(each), each.version) for each in records)],
            drops=[keys.paper_key(OPEN_PAIRS, Pair.kind, pair.key)],
        )

    def _read(self, key: keys.Item) -> dict[str, Any] | None:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return answer.get("Item")
