"""The catalogue an import writes to: many packages at a time, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pharmonico.adapters.dynamodb.directory import medication_item
from pharmonico.adapters.dynamodb.directory_keys import medication_key
from pharmonico.fulfillment.directory import Medication

from local.batches import get_all, put_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from types_boto3_dynamodb import DynamoDBClient


class Catalogue(Protocol):
    """Packages by NDC."""

    def known(self, ndc11s: Iterable[str]) -> Mapping[str, Medication]:
        """Those of the packages that the catalogue has."""
        ...

    def put(self, entries: Iterable[Medication]) -> None:
        """Store the entries; of two for one package the later counts."""
        ...


class DynamoCatalogue:
    """The directory table's packages."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def known(self, ndc11s: Iterable[str]) -> dict[str, Medication]:
        """Read in batches."""
        keys = [medication_key(code) for code in dict.fromkeys(ndc11s)]
        items = get_all(self._client, self._table, keys)
        entries = (Medication.model_validate_json(item["body"]["S"]) for item in items)
        return {entry.ndc11: entry for entry in entries}

    def put(self, entries: Iterable[Medication]) -> None:
        """Write in batches."""
        latest = {entry.ndc11: entry for entry in entries}
        put_all(self._client, self._table, [medication_item(entry) for entry in latest.values()])
