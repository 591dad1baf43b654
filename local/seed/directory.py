"""Fills the directory table: medications, pharmacies, plans and the provider client's binding.

Every write is a put of the same item, so seeding again changes nothing.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.clients import client_item
from pharmonico.adapters.dynamodb.directory import (
    areas_item,
    medication_item,
    pharmacy_items,
    plan_item,
)
from pharmonico.fulfillment.directory import Medication
from pharmonico.fulfillment.intake.clients import Client

from local.seed.pharmacies import pharmacies
from local.seed.plans import PLANS
from local.seed.prescribers import SENDERS, prescriber_npis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.adapters.dynamodb.keys import Item
    from types_boto3_dynamodb import DynamoDBClient

MEDICATIONS = Path(__file__).parent / "data" / "medications.csv"
BATCH = 25
TRIES = 8
EVERYONE = "*"
"""A binding to every prescriber: for the local demo client alone."""


def medications() -> tuple[Medication, ...]:
    with MEDICATIONS.open(newline="") as file:
        rows = [{k: v for k, v in row.items() if v != ""} for row in csv.DictReader(file)]
    return tuple(Medication.model_validate({"strength": "", **row}) for row in rows)


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
