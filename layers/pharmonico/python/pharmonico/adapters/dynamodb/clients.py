"""Provider systems in the directory table; a binding may be a minute old, never older."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.intake.clients import Client

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_dynamodb import DynamoDBClient

    from pharmonico.adapters.dynamodb.keys import Item
    from pharmonico.kit.clock import Clock

TTL = timedelta(seconds=60)


def client_key(client_id: str) -> Item:
    return {"pk": {"S": f"client#{client_id}"}, "sk": {"S": "client"}}


def client_item(client: Client) -> Item:
    return {**client_key(client.client_id), "body": {"S": client.model_dump_json()}}


class DynamoClients:
    def __init__(self, client: DynamoDBClient, table: str, *, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock
        self._kept: dict[str, tuple[datetime, Client]] = {}

    def get(self, client_id: str) -> Client | None:
        read_at, known = self._kept.get(client_id, (None, None))
        if read_at is not None and self._clock.now() - read_at < TTL:
            return known
        answer = self._client.get_item(TableName=self._table, Key=client_key(client_id))
        item = answer.get("Item")
        if item is None:
            self._kept.pop(client_id, None)
            return None
        found = Client.model_validate_json(item["body"]["S"])
        self._kept[client_id] = (self._clock.now(), found)
        return found
