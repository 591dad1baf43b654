"""The stores of outgoing webhooks as their functions wire them."""

from __future__ import annotations

from pharmonico.adapters.clients import client
from pharmonico.adapters.dynamodb.webhooks import DynamoDeliveries, DynamoEndpoints
from pharmonico.kit.settings import settings


def endpoints() -> DynamoEndpoints:
    return DynamoEndpoints(client("dynamodb"), settings().need("WEBHOOKS_TABLE"))


def deliveries() -> DynamoDeliveries:
    return DynamoDeliveries(client("dynamodb"), settings().need("WEBHOOKS_TABLE"))
