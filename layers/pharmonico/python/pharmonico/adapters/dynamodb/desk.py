"""The desk's table: postings of the search, a key per blind term, and what is noted of each;
open failures, and saved views.

Postings are written without a transaction, which would cost twice as much: they are put before
they are noted and noted until they are dropped, so that whoever comes again finds what is left.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_one
from pharmonico.fulfillment.desk.papers import LETTER, VIEWS_MAX, OpenFailure, View
from pharmonico.fulfillment.desk.ports import Indexed
from pharmonico.kit.errors import Unavailable, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item

NOTED_SK = "terms"
FAILURES_PK, LETTERS_PK = "failures", "letters"
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

    def put(self, failure: OpenFailure) -> None:
        item = {
            **_failure(failure.prescription_id, failure.step),
            "version": {"N": str(failure.version)},
            "body": {"S": failure.model_dump_json()},
        }
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR version <= :version",
                ExpressionAttributeValues={":version": item["version"]},
            )

    def close(self, order_id: str, *, version: int, step: str = "") -> None:
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.delete_item(
                TableName=self._table,
                Key=_failure(order_id, step),
                ConditionExpression="attribute_not_exists(pk) OR version <= :version",
                ExpressionAttributeValues={":version": {"N": str(version)}},
            )

    def open(self, *, limit: int) -> tuple[OpenFailure, ...]:
        rows = chain(self._partition(FAILURES_PK, limit), self._partition(LETTERS_PK, limit))
        return tuple(
            OpenFailure.model_validate_json(item["body"]["S"]) for item in islice(rows, limit)
        )

    def views_of(self, owner: str) -> tuple[View, ...]:
        found = self._partition(_view(owner, "")["pk"]["S"], VIEWS_MAX)
        return tuple(View.model_validate_json(item["body"]["S"]) for item in found)

    def view(self, owner: str, view_id: str) -> View | None:
        answer = self._client.get_item(
            TableName=self._table, Key=_view(owner, view_id), ConsistentRead=True
        )
        item = answer.get("Item")
        return View.model_validate_json(item["body"]["S"]) if item else None

    def save_view(self, view: View) -> View:
        raised = view.model_copy(update={"version": view.version + 1})
        item = {
            **_view(view.owner, view.view_id),
            "version": {"N": str(raised.version)},
            "body": {"S": raised.model_dump_json()},
        }
        write_one(self._client, self._table, item, view.version)
        return raised

    def drop_view(self, view: View) -> None:
        try:
            self._client.delete_item(
                TableName=self._table,
                Key=_view(view.owner, view.view_id),
                ConditionExpression="version = :read",
                ExpressionAttributeValues={":read": {"N": str(view.version)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise VersionConflict from error

    def _partition(self, pk: str, limit: int) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
            PaginationConfig={"MaxItems": limit, "PageSize": limit},
        )
        return (item for page in pages for item in page["Items"])

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


def _failure(order_id: str, step: str) -> Item:
    return {"pk": {"S": LETTERS_PK if step == LETTER else FAILURES_PK}, "sk": {"S": order_id}}


def _view(owner: str, view_id: str) -> Item:
    return {"pk": {"S": f"views#{owner}"}, "sk": {"S": view_id}}


def _noted(order_id: str) -> Item:
    return {"pk": {"S": f"indexed#{order_id}"}, "sk": {"S": NOTED_SK}}


def _chunks(values: Iterable[Any], size: int) -> Iterable[list[Any]]:
    waiting = iter(values)
    while some := list(islice(waiting, size)):
        yield some
