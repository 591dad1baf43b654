"""Lists by status: one query per status in question, merged newest first.

A single index keeps each state change at one extra write; the price is a small query per status
on the rarely used list of everything.
"""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING

from pharmonico.adapters.dynamodb import keys
from pharmonico.adapters.dynamodb.items import read_order
from pharmonico.fulfillment.ports import OrderPage
from pharmonico.fulfillment.query import matches
from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import OrderQuery

READ_MAX = 2_000
"""Items read per status before a page ends early: a filter that fits nothing must not scan on."""

_AFTER_ALL = "~"


def page(client: DynamoDBClient, table: str, query: OrderQuery) -> OrderPage:
    streams = [
        _of_status(client, table, status, query) for status in query.statuses or tuple(Status)
    ]
    merged = heapq.merge(*streams, key=lambda order: order.id, reverse=True)
    found = list(islice(merged, query.limit + 1))
    items = tuple(found[: query.limit])
    more = len(found) > query.limit
    return OrderPage(items, items[-1].id if more else None)


def _of_status(
    client: DynamoDBClient, table: str, status: Status, query: OrderQuery
) -> Iterator[Order]:
    pages = client.get_paginator("query").paginate(
        TableName=table,
        IndexName=keys.STATUS_INDEX,
        KeyConditionExpression="gsi_status = :status AND id < :after",
        ExpressionAttributeValues={
            ":status": {"S": status.value},
            ":after": {"S": query.after or _AFTER_ALL},
        },
        ScanIndexForward=False,
        PaginationConfig={"MaxItems": READ_MAX, "PageSize": query.limit + 1},
    )
    for answer in pages:
        for item in answer["Items"]:
            order = read_order(item)
            if matches(order, query):
                yield order
