"""Orders on DynamoDB: every write conditioned on the version, the stream is the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.adapters.dynamodb import keys
from pharmonico.adapters.dynamodb.items import (
    document_item,
    order_item,
    paper_item,
    parcel_item,
    pointer_items,
    read_document,
    read_order,
)
from pharmonico.adapters.dynamodb.listing import GET_MAX, items_of, orders_of, page
from pharmonico.adapters.dynamodb.loads import counts_of
from pharmonico.adapters.dynamodb.writes import write_all, write_one
from pharmonico.fulfillment.errors import DuplicateMessage, OrderNotFound
from pharmonico.fulfillment.ports import OrderPage, OrderQuery, Pointer, Pointers
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.status import Status

    Doc = TypeVar("Doc", bound=Document)

DOCUMENTS_MAX = 100


class DynamoOrders:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, order_id: str) -> Order:
        item = self._read(keys.order_key(order_id))
        if item is None:
            raise OrderNotFound
        return read_order(item)

    def create(
        self,
        order: Order,
        *,
        pointers: Pointers,
        events: Sequence[Event[Any]],
        documents: Sequence[Document],
    ) -> Order:
        message, *numbers = pointer_items(order.id, pointers)
        try:
            write_all(
                self._client,
                self._table,
                [
                    (message, 0),
                    (order_item(order, events), 0),
                    *((document_item(order.id, doc), 0) for doc in documents),
                    *((number, None) for number in numbers),
                ],
            )
        except VersionConflict:
            taken = self.find_message(pointers.message)
            if taken is None:
                raise
            raise DuplicateMessage(taken.order_id, taken.body_hash) from None
        return order.written()

    def save(
        self,
        order: Order,
        *,
        events: Sequence[Event[Any]] = (),
        documents: Sequence[Document] = (),
        parcel: str | None = None,
        papers: Sequence[PatientPaper] = (),
    ) -> Order:
        puts: list[tuple[keys.Item, int | None]] = [(order_item(order, events), order.version)]
        puts += [(document_item(order.id, doc), doc.version) for doc in documents]
        puts += [(paper_item(one), one.version if one.is_guarded else None) for one in papers]
        if parcel is not None:
            puts.append((parcel_item(order.id, parcel), None))
        counts = counts_of(order)
        if len(puts) == 1 and not counts:
            write_one(self._client, self._table, *puts[0])
        else:
            write_all(self._client, self._table, puts, counts=counts)
        return order.written()

    def page(self, query: OrderQuery) -> OrderPage:
        return page(self._client, self._table, query)

    def count(self, status: Status, *, limit: int) -> int:
        answer = self._client.query(
            TableName=self._table,
            IndexName=keys.STATUS_INDEX,
            KeyConditionExpression="gsi_status = :status",
            ExpressionAttributeValues={":status": {"S": status.value}},
            Select="COUNT",
            Limit=limit,
        )
        return answer["Count"]

    def several(self, order_ids: Sequence[str]) -> tuple[Order, ...]:
        return tuple(orders_of(self._client, self._table, order_ids, at_once=GET_MAX))

    def find_message(self, key: str) -> Pointer | None:
        return self._pointer(keys.message_key(key))

    def find_order_number(self, key: str) -> Pointer | None:
        return self._pointer(keys.order_number_key(key))

    def find_parcel(self, key: str) -> Pointer | None:
        return self._pointer(keys.parcel_key(key))

    def document(self, order_id: str, kind: type[Doc], key: str = "1") -> Doc | None:
        item = self._read(keys.document_key(order_id, kind.kind, key))
        return read_document(item, kind) if item else None

    def get_with(self, order_id: str, kind: type[Doc], key: str = "1") -> tuple[Order, Doc | None]:
        wanted = [keys.order_key(order_id), keys.document_key(order_id, kind.kind, key)]
        found = {item["sk"]["S"]: item for item in items_of(self._client, self._table, wanted)}
        order, document = (found.get(each["sk"]["S"]) for each in wanted)
        if order is None:
            raise OrderNotFound
        return read_order(order), read_document(document, kind) if document else None

    def documents(self, order_id: str, kind: type[Doc], beginning: str = "") -> tuple[Doc, ...]:
        prefix = keys.document_key(order_id, kind.kind, beginning)
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={":pk": prefix["pk"], ":sk": prefix["sk"]},
            ConsistentRead=True,
            PaginationConfig={"MaxItems": DOCUMENTS_MAX, "PageSize": DOCUMENTS_MAX},
        )
        return tuple(read_document(item, kind) for page in pages for item in page["Items"])

    def folder(
        self, order_id: str, kinds: Sequence[type[Document]]
    ) -> tuple[Order, dict[str, tuple[Document, ...]]]:
        """Everything under the prescription, of which most is wanted: a query for each kind would
        pay a unit for the many that there is nothing of."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": keys.order_key(order_id)["pk"]},
            ConsistentRead=True,
        )
        wanted = {kind.kind: kind for kind in kinds}
        order: Order | None = None
        found: dict[str, list[Document]] = {name: [] for name in wanted}
        for item in (item for answer in pages for item in answer["Items"]):
            name = item["sk"]["S"].partition("#")[0]
            if name == keys.ORDER_SK:
                order = read_order(item)
            elif name in wanted and len(found[name]) < DOCUMENTS_MAX:
                found[name].append(read_document(item, wanted[name]))
        if order is None:
            raise OrderNotFound
        return order, {name: tuple(documents) for name, documents in found.items()}

    def put_document(self, order_id: str, document: Doc) -> Doc:
        write_one(self._client, self._table, document_item(order_id, document), document.version)
        return document.model_copy(update={"version": document.version + 1})

    def _read(self, key: keys.Item) -> keys.Item | None:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return answer.get("Item")

    def _pointer(self, key: keys.Item) -> Pointer | None:
        item = self._read(key)
        if item is None:
            return None
        return Pointer(order_id=item["order_id"]["S"], body_hash=item["body_hash"]["S"])
