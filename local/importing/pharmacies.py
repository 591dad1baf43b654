"""The pharmacies an import writes to; the table's stream tells routing of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pharmonico.adapters.dynamodb.directory import pharmacy_item
from pharmonico.adapters.dynamodb.directory_keys import pharmacy_key
from pharmonico.fulfillment.directory import Pharmacy

from local.batches import get_all, put_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from types_boto3_dynamodb import DynamoDBClient


class Pharmacies(Protocol):
    """Pharmacies by our id."""

    def known(self, pharmacy_ids: Iterable[str]) -> Mapping[str, Pharmacy]:
        """Those of the pharmacies that are known."""
        ...

    def put(self, entries: Iterable[Pharmacy]) -> None:
        """Store the entries; of two for one pharmacy the later counts."""
        ...


class DynamoPharmacies:
    """The directory table's pharmacies."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def known(self, pharmacy_ids: Iterable[str]) -> dict[str, Pharmacy]:
        """Read in batches."""
        keys = [pharmacy_key(each) for each in dict.fromkeys(pharmacy_ids)]
        items = get_all(self._client, self._table, keys)
        entries = (Pharmacy.model_validate_json(item["body"]["S"]) for item in items)
        return {entry.pharmacy_id: entry for entry in entries}

    def put(self, entries: Iterable[Pharmacy]) -> None:
        """Write in batches."""
        latest = {entry.pharmacy_id: entry for entry in entries}
        put_all(self._client, self._table, [pharmacy_item(entry) for entry in latest.values()])
