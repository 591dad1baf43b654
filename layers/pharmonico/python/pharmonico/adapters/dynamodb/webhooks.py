"""Endpoints and deliveries on DynamoDB, in a table of their own.

An endpoint lies under its own id; two keys without a body, one under its audience and one under
all, say that it exists. A delivery lies under its endpoint, by message id and so by time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_all, write_one
from pharmonico.fulfillment.webhooks.delivery import Delivery
from pharmonico.fulfillment.webhooks.endpoint import Endpoint
from pharmonico.fulfillment.webhooks.ports import DeliveryPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item
    from pharmonico.fulfillment.webhooks.delivery import State

ENDPOINT_SK = "endpoint"
EVERY = "endpoints"
READ_MAX = 1_000
"""Deliveries read for one page: a filter that fits nothing must not read on for ever."""
_AFTER_ALL = "~"


class DynamoEndpoints:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, endpoint_id: str) -> Endpoint | None:
        answer = self._client.get_item(
            TableName=self._table, Key=_endpoint_key(endpoint_id), ConsistentRead=True
        )
        item: Any = answer.get("Item")
        return Endpoint.model_validate_json(item["body"]["S"]) if item else None

    def of(self, audience: str, *, fresh: bool = True) -> tuple[Endpoint, ...]:
        return self._under(audience, limit=READ_MAX, fresh=fresh)

    def all(self, *, limit: int) -> tuple[Endpoint, ...]:
        return self._under(EVERY, limit=limit)

    def add(self, endpoint: Endpoint) -> Endpoint:
        raised = _raised(endpoint)
        puts = [(_endpoint_item(raised), 0), *((key, None) for key in _listed(endpoint))]
        write_all(self._client, self._table, puts)
        return raised

    def put(self, endpoint: Endpoint) -> Endpoint:
        raised = _raised(endpoint)
        write_one(self._client, self._table, _endpoint_item(raised), endpoint.version)
        return raised

    def drop(self, endpoint: Endpoint) -> None:
        keys = (_endpoint_key(endpoint.endpoint_id), *_listed(endpoint))
        write_all(self._client, self._table, (), drops=keys)

    def _under(self, pk: str, *, limit: int, fresh: bool = True) -> tuple[Endpoint, ...]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            Limit=limit,
            ConsistentRead=fresh,
        )
        found = (self.get(item["sk"]["S"]) for item in answer["Items"])
        return tuple(each for each in found if each is not None)


class DynamoDeliveries:
    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, endpoint_id: str, message_id: str) -> Delivery | None:
        answer = self._client.get_item(
            TableName=self._table,
            Key={"pk": {"S": _log_of(endpoint_id)}, "sk": {"S": message_id}},
            ConsistentRead=True,
        )
        item: Any = answer.get("Item")
        return Delivery.model_validate_json(item["body"]["S"]) if item else None

    def put(self, delivery: Delivery) -> Delivery:
        raised = delivery.model_copy(update={"version": delivery.version + 1})
        item: Item = {
            "pk": {"S": _log_of(delivery.endpoint_id)},
            "sk": {"S": delivery.message_id},
            "version": {"N": str(raised.version)},
            "expires_at": {"N": str(int(delivery.expires_at.timestamp()))},
            "body": {"S": raised.model_dump_json(exclude_none=True)},
        }
        write_one(self._client, self._table, item, delivery.version)
        return raised

    def page(
        self,
        endpoint_id: str,
        *,
        limit: int,
        after: str | None = None,
        statuses: Sequence[State] = (),
    ) -> DeliveryPage:
        found: list[Delivery] = []
        read, last = 0, after
        for delivery in self._before(endpoint_id, after or _AFTER_ALL, page_size=limit + 1):
            if len(found) == limit:
                return DeliveryPage(tuple(found), last)
            read, last = read + 1, delivery.message_id
            if not statuses or delivery.status in statuses:
                found.append(delivery)
        return DeliveryPage(tuple(found), last if read == READ_MAX else None)

    def _before(self, endpoint_id: str, after: str, *, page_size: int) -> Iterator[Delivery]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :after",
            ExpressionAttributeValues={
                ":pk": {"S": _log_of(endpoint_id)},
                ":after": {"S": after},
            },
            ScanIndexForward=False,
            PaginationConfig={"MaxItems": READ_MAX, "PageSize": page_size},
        )
        for page in pages:
            for item in page["Items"]:
                yield Delivery.model_validate_json(item["body"]["S"])


def _endpoint_key(endpoint_id: str) -> Item:
    return {"pk": {"S": f"endpoint#{endpoint_id}"}, "sk": {"S": ENDPOINT_SK}}


def _endpoint_item(endpoint: Endpoint) -> Item:
    body = endpoint.model_dump_json(exclude_none=True)
    version = {"N": str(endpoint.version)}
    return {**_endpoint_key(endpoint.endpoint_id), "version": version, "body": {"S": body}}


def _listed(endpoint: Endpoint) -> tuple[Item, Item]:
    sk = {"S": endpoint.endpoint_id}
    return {"pk": {"S": endpoint.audience}, "sk": sk}, {"pk": {"S": EVERY}, "sk": sk}


def _log_of(endpoint_id: str) -> str:
    return f"log#{endpoint_id}"


def _raised(endpoint: Endpoint) -> Endpoint:
    return endpoint.model_copy(update={"version": endpoint.version + 1})
