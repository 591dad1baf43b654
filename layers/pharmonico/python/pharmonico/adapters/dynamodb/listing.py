"""Lists by status: the index says who, newest first; the items themselves say what.

The index holds keys alone. A prescription is written some twenty times and listed once or twice:
an index that carried whole items would cost a sixth of all writes, and show them late.
"""

from __future__ import annotations

import heapq
from itertools import groupby, islice
from typing import TYPE_CHECKING

from pharmonico.adapters.dynamodb import keys
from pharmonico.adapters.dynamodb.items import read_order
from pharmonico.fulfillment.ports import OrderPage
from pharmonico.fulfillment.query import matches
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import OrderQuery

LOOKED_AT_MAX = 2_000
"""Prescriptions that one page looks at: a filter that fits nothing must not scan on. The page's
cursor leads on from there."""

GET_MAX = 100
"""BatchGetItem takes no more."""

GET_TRIES = 4
_BEFORE_ALL, _AFTER_ALL = "!", "~"


def page(client: DynamoDBClient, table: str, query: OrderQuery) -> OrderPage:
    streams = [
        _of_status(client, table, status, query) for status in query.statuses or tuple(Status)
    ]
    # One that moves meanwhile may stand under both its statuses; its item settles it.
    merged = heapq.merge(*streams, reverse=not query.oldest_first)
    looked_at: list[str] = []
    ids = _noted((order_id for order_id, _ in groupby(merged)), looked_at)
    orders = orders_of(client, table, ids, at_once=min(query.limit + 1, GET_MAX))
    fitting = (order for order in orders if matches(order, query))
    found = list(islice(fitting, query.limit + 1))
    items = tuple(found[: query.limit])
    if len(found) > query.limit:
        return OrderPage(items, items[-1].id)
    return OrderPage(items, looked_at[-1] if len(looked_at) == LOOKED_AT_MAX else None)


def _noted(ids: Iterable[str], looked_at: list[str]) -> Iterator[str]:
    for order_id in islice(ids, LOOKED_AT_MAX):
        looked_at.append(order_id)
        yield order_id


def _of_status(
    client: DynamoDBClient, table: str, status: Status, query: OrderQuery
) -> Iterator[str]:
    beyond = ">" if query.oldest_first else "<"
    pages = client.get_paginator("query").paginate(
        TableName=table,
        IndexName=keys.STATUS_INDEX,
        KeyConditionExpression=f"gsi_status = :status AND id {beyond} :after",
        ExpressionAttributeValues={
            ":status": {"S": status.value},
            ":after": {"S": query.after or (_BEFORE_ALL if query.oldest_first else _AFTER_ALL)},
        },
        ScanIndexForward=query.oldest_first,
        PaginationConfig={"MaxItems": LOOKED_AT_MAX, "PageSize": query.limit + 1},
    )
    for answer in pages:
        for item in answer["Items"]:
            yield item["id"]["S"]


def orders_of(
    client: DynamoDBClient, table: str, ids: Iterable[str], *, at_once: int
) -> Iterator[Order]:
    """The orders in the order of their ids, a batch at a time and only as far as they are asked."""
    waiting = iter(ids)
    while batch := list(islice(waiting, at_once)):
        keys_of = [keys.order_key(order_id) for order_id in batch]
        items = items_of(client, table, keys_of)
        found = {order.id: order for order in map(read_order, items)}
        yield from (found[order_id] for order_id in batch if order_id in found)


def items_of(client: DynamoDBClient, table: str, wanted: list[keys.Item]) -> Iterator[keys.Item]:
    """Those of the items that there are, in no order, read consistently; `GET_MAX` at most."""
    for _ in range(GET_TRIES):
        answer = client.batch_get_item(
            RequestItems={table: {"Keys": wanted, "ConsistentRead": True}}
        )
        yield from answer["Responses"].get(table, ())
        left = answer.get("UnprocessedKeys", {}).get(table)
        if not left:
            return
        wanted = list(left["Keys"])
    raise Unavailable("orders.busy", "The list cannot be read now.")
