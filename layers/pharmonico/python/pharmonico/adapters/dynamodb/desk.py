"""The desk's table: postings of the search, a key per blind term, and what is noted of each.

Postings are written without a transaction, which would cost twice as much: they are put before
they are noted and noted until they are dropped, so that whoever comes again finds what is left.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_one
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

NOTED_SK = "terms"
_WRITE_MAX, _GET_MAX = 25, 100
TRIES = 5


class DynamoDesk:
    """Postings; the sort key is the prescription, so that a term's newest come first."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def indexed(self, order_id: str) -> Indexed:
        answer = self._client.get_item(
            TableName=self._table, Key=_noted(order_id), ConsistentRead=True
        )
        item = answer.get("Item")
        if item is None:
            return Indexed()
        return Indexed(frozenset(item["terms"]["S"].split()), int(item["version"]["N"]))

    def note(self, order_id: str, indexed: Indexed) -> None:
        item = {
            **_noted(order_id),
            "version": {"N": str(indexed.version + 1)},
            "terms": {"S": " ".join(sorted(indexed.terms))},
        }
        write_one(self._client, self._table, item, indexed.version)

    def add(self, order_id: str, terms: Collection[str]) -> None:
        self._write({"PutRequest": {"Item": _posting(term, order_id)}} for term in terms)

    def drop(self, order_id: str, terms: Collection[str]) -> None:
        self._write({"DeleteRequest": {"Key": _posting(term, order_id)}} for term in terms)

    def under(
        self, term: str, *, after: str | None, limit: int, oldest_first: bool = False
    ) -> tuple[str, ...]:
        values: dict[str, Any] = {":pk": {"S": f"term#{term}"}}
        condition = "pk = :pk"
        if after is not None:
            condition += f" AND sk {'>' if oldest_first else '<'} :after"
            values[":after"] = {"S": after}
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=oldest_first,
            Limit=limit,
        )
        return tuple(item["sk"]["S"] for item in answer["Items"])

    def held_by(self, term: str, order_ids: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        for some in _chunks(order_ids, _GET_MAX):
            left: Any = {self._table: {"Keys": [_posting(term, each) for each in some]}}
            for _ in range(TRIES):
                answer = self._client.batch_get_item(RequestItems=left)
                found |= {item["sk"]["S"] for item in answer["Responses"].get(self._table, [])}
                left = answer.get("UnprocessedKeys")
                if not left:
                    break
            else:
                raise Unavailable("search.busy", "The search cannot be read now.")
        return frozenset(found)

    def _write(self, requests: Iterable[Any]) -> None:
        for some in _chunks(requests, _WRITE_MAX):
            left: Any = {self._table: some}
            for _ in range(TRIES):
                left = self._client.batch_write_item(RequestItems=left).get("UnprocessedItems")
                if not left:
                    break
            else:
                raise Unavailable("search.busy", "The search cannot be kept now.")


def _posting(term: str, order_id: str) -> Item:
    return {"pk": {"S": f"term#{term}"}, "sk": {"S": order_id}}


def _noted(order_id: str) -> Item:
    return {"pk": {"S": f"indexed#{order_id}"}, "sk": {"S": NOTED_SK}}


def _chunks(values: Iterable[Any], size: int) -> Iterable[list[Any]]:
    waiting = iter(values)
    while some := list(islice(waiting, size)):
        yield some
