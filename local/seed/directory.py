"""Fills the directory table: medications, pharmacies, plans and the provider client's binding.

Every write is a put of the same item, so seeding again changes nothing, nor does it undo an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.adapters.dynamodb.clients import client_item
from pharmonico.adapters.dynamodb.directory import (
    medication_item,
    pharmacy_item,
    plan_item,
)
from pharmonico.adapters.dynamodb.directory_keys import roster_head_key
from pharmonico.adapters.dynamodb.rosters import DynamoRosterPages, roster_items
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.fulfillment.routing.need import PRODUCT_DIGITS

from local.batches import put_all
from local.importing.catalogue import DynamoCatalogue
from local.seed.crowd import crowd
from local.seed.medications import medications, over
from local.seed.pharmacies import pharmacies
from local.seed.plans import PLANS
from local.seed.prescribers import SENDERS, prescriber_npis

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

CROWD = 300
"""Pharmacies beside those made by hand, so that a ranking has something to rank."""
EVERYONE = "*"
"""A binding to every prescriber: for the local demo client alone."""


def seed_directory(client: DynamoDBClient, table: str, *, crowd_size: int = CROWD) -> int:
    """Put all reference data; answers the number of items."""
    drugs = medications()
    limited = [drug.ndc11[:PRODUCT_DIGITS] for drug in drugs if drug.limited_distribution]
    known = (*pharmacies(), *crowd(crowd_size, limited=sorted(set(limited))))
    imported = DynamoCatalogue(client, table).known(drug.ndc11 for drug in drugs)
    items = [medication_item(over(imported.get(drug.ndc11), drug)) for drug in drugs]
    items += [pharmacy_item(entry) for entry in known]
    items += [plan_item(entry) for entry in PLANS]
    is_new = "Item" not in client.get_item(
        TableName=table, Key=roster_head_key(known[0].address.state)
    )
    put_all(client, table, [*items, *(roster_items(known) if is_new else [])])
    if not is_new:
        DynamoRosterPages(client, table).keep((None, entry) for entry in known)
    return len(items)


def seed_client(
    client: DynamoDBClient, table: str, client_id: str, *, endpoint_url: str = ""
) -> None:
    """Bind the demo's provider system: it may speak for everyone, so that own messages work."""
    bound = Client(
        client_id=client_id,
        name="Example EHR (synthetic)",
        prescriber_npis=frozenset({*prescriber_npis(), EVERYONE}),
        senders=frozenset({*SENDERS, EVERYONE}),
        endpoint_url=endpoint_url,
        endpoint_credential="sandbox",
    )
    put_all(client, table, [client_item(bound)])
