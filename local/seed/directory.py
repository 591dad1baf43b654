"""Fills the directory table: medications, pharmacies, plans and the provider client's binding.

Every write is a put of the same item, so seeding again changes nothing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.clients import client_item
from pharmonico.adapters.dynamodb.directory import (
    areas_item,
    medication_item,
    pharmacy_items,
    plan_item,
)
from pharmonico.fulfillment.intake.clients import Client

from local.seed.medications import medications
from local.seed.pharmacies import pharmacies
from local.seed.plans import PLANS
from local.seed.prescribers import SENDERS, prescriber_npis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.adapters.dynamodb.keys import Item
    from types_boto3_dynamodb import DynamoDBClient

BATCH = 25
TRIES = 8
EVERYONE = "*"
"""A binding to every prescriber: for the local demo client alone."""


def seed_directory(client: DynamoDBClient, table: str) -> int:
    """Put all reference data; answers the number of items."""
    known = pharmacies()
    items = [medication_item(entry) for entry in medications()]
    items += [item for entry in known for item in pharmacy_items(entry)]
    items += [plan_item(entry) for entry in PLANS]
    items.append(areas_item(known))
    _put(client, table, items)
    return len(items)


def seed_client(client: DynamoDBClient, table: str, client_id: str) -> None:
    """Bind the demo's provider system: it may speak for everyone, so that own messages work."""
    bound = Client(
        client_id=client_id,
        name="Example EHR (synthetic)",
        prescriber_npis=frozenset({*prescriber_npis(), EVERYONE}),
        senders=frozenset({*SENDERS, EVERYONE}),
    )
    _put(client, table, [client_item(bound)])


def _put(client: DynamoDBClient, table: str, items: Sequence[Item]) -> None:
    for start in range(0, len(items), BATCH):
        left: Any = [{"PutRequest": {"Item": item}} for item in items[start : start + BATCH]]
        for attempt in range(TRIES):
            answer = client.batch_write_item(RequestItems={table: left})
            left = answer.get("UnprocessedItems", {}).get(table, [])
            if not left:
                break
            time.sleep(0.05 * 2**attempt)
        else:
            raise TimeoutError(f"{table} took only a part of the seed data")
