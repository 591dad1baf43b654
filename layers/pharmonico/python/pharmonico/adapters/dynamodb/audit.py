"""Audit chains on DynamoDB: the sort key is the place, and nothing is ever overwritten.

The role of the functions may put and query, not update or delete. Beside the chains stands by the
hour which of them grew, one small item each, so that nobody has to read the whole table.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_one
from pharmonico.fulfillment.audit.chain import CHAIN_MAX, Entry
from pharmonico.fulfillment.audit.ports import HOUR, Link, Tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.kit.clock import Clock

PAGE = 500
_DIGITS = 30
"""Hex digits of a name's hash that make its place among the grown: 36 decimal ones, of 38."""


class DynamoAuditTrail:
    def __init__(self, client: DynamoDBClient, table: str, *, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def chain(self, name: str, *, after: int = 0) -> tuple[Entry, ...]:
        return _entries(self._items(name, after=after, limit=CHAIN_MAX, page=CHAIN_MAX))

    def recent(self, name: str, limit: int) -> tuple[Entry, ...]:
        return self.tail(name, limit).entries

    def tail(self, name: str, limit: int, *, consistent: bool = True) -> Tail:
        found = self._items(name, limit=limit, page=limit, forward=False, consistent=consistent)
        items = list(found)
        return Tail(_entries(items), _hour(items[0]) or None) if items else Tail()

    def links(self, name: str, *, after: int = 0) -> Iterator[Link]:
        for item in self._items(name, after=after):
            yield Link(int(item["seq"]["N"]), item["body"]["S"], _hour(item))

    def add(self, name: str, entry: Entry, *, known_in: str | None) -> None:
        hour = self._clock.now().strftime(HOUR)
        if known_in != hour:  # first: a note without an entry harms nobody
            write_one(self._client, self._table, _note(hour, name), None)
        item = {
            "pk": {"S": name},
            "seq": {"N": str(entry.sequence)},
            "hour": {"S": hour},
            "body": {"S": entry.model_dump_json()},
        }
        write_one(self._client, self._table, item, 0)

    def grown(self, hour: str, *, after: str = "") -> Iterator[str]:
        place = _place(after) if after else 0
        for item in self._items(_grown(hour), after=place):
            yield item["chain"]["S"]

    def _items(
        self,
        name: str,
        *,
        after: int = 0,
        limit: int | None = None,
        page: int = PAGE,
        forward: bool = True,
        consistent: bool = True,
    ) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :chain AND seq > :after",
            ExpressionAttributeValues={":chain": {"S": name}, ":after": {"N": str(after)}},
            ConsistentRead=consistent,
            ScanIndexForward=forward,
            PaginationConfig={"MaxItems": limit, "PageSize": page} if limit else {"PageSize": page},
        )
        for answer in pages:
            yield from answer["Items"]


def _entries(items: Any) -> tuple[Entry, ...]:
    return tuple(Entry.model_validate_json(item["body"]["S"]) for item in items)


def _hour(item: dict[str, Any]) -> str:
    return str(item["hour"]["S"]) if "hour" in item else ""


def _grown(hour: str) -> str:
    return f"grown#{hour}"


def _place(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:_DIGITS], 16)


def _note(hour: str, name: str) -> dict[str, Any]:
    return {
        "pk": {"S": _grown(hour)},
        "seq": {"N": str(_place(name))},
        "chain": {"S": name},
    }
