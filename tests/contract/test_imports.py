"""What imports write to on DynamoDB: many at a time, read back as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters.dynamodb.directory import DynamoDirectory

from local import batches
from local.batches import get_all, put_all
from local.importing.catalogue import DynamoCatalogue
from local.importing.pharmacies import DynamoPharmacies
from tests.prescribing import a_medication, a_pharmacy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_dynamodb import DynamoDBClient

TABLE = "directory"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n, _ in keys],
            KeySchema=[{"AttributeName": n, "KeyType": t} for n, t in keys],
        )
        yield client


def test_more_packages_than_fit_one_call_are_stored_and_found(client: DynamoDBClient) -> None:
    catalogue = DynamoCatalogue(client, TABLE)
    entries = [a_medication(ndc11=f"99991{at:06}") for at in range(230)]
    catalogue.put(entries)
    found = catalogue.known([*(entry.ndc11 for entry in entries), "00000000001"])
    assert found == {entry.ndc11: entry for entry in entries}
    assert DynamoDirectory(client, TABLE).medication(entries[7].ndc11) == entries[7]


def test_of_two_entries_for_one_package_the_later_counts(client: DynamoDBClient) -> None:
    catalogue = DynamoCatalogue(client, TABLE)
    catalogue.put([a_medication(name="First"), a_medication(name="Second")])
    ndc = a_medication().ndc11
    assert catalogue.known([ndc, ndc])[ndc].name == "Second"


def test_pharmacies_are_stored_where_the_directory_reads_them(client: DynamoDBClient) -> None:
    pharmacies, entry = DynamoPharmacies(client, TABLE), a_pharmacy(1)
    pharmacies.put([entry, entry])
    assert pharmacies.known([entry.pharmacy_id, "ph_0000000"]) == {entry.pharmacy_id: entry}
    assert DynamoDirectory(client, TABLE).pharmacy(entry.pharmacy_id) == entry


class Busy:
    """A table that takes one item of each call, or none."""

    def __init__(self, *, takes: int) -> None:
        self.takes = takes
        self.taken: list[Any] = []

    def batch_write_item(self, RequestItems: dict[str, list[Any]]) -> dict[str, Any]:  # noqa: N803 - the SDK's name
        asked = RequestItems[TABLE]
        self.taken += asked[: self.takes]
        return {"UnprocessedItems": {TABLE: asked[self.takes :]} if asked[self.takes :] else {}}

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - the SDK's name
        asked = RequestItems[TABLE]["Keys"]
        left = asked[self.takes :]
        return {
            "Responses": {TABLE: asked[: self.takes]},
            "UnprocessedKeys": {TABLE: {"Keys": left}} if left else {},
        }


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PAUSE_S", 0.0)


@pytest.mark.usefixtures("no_pause")
def test_what_a_busy_table_left_is_asked_for_again() -> None:
    items: list[Any] = [{"pk": {"S": str(at)}} for at in range(5)]
    busy: Any = Busy(takes=1)
    put_all(busy, TABLE, items)
    assert [each["PutRequest"]["Item"] for each in busy.taken] == items
    assert get_all(busy, TABLE, items) == items


@pytest.mark.usefixtures("no_pause")
def test_a_table_that_takes_nothing_is_given_up() -> None:
    busy: Any = Busy(takes=0)
    with pytest.raises(TimeoutError):
        put_all(busy, TABLE, [{"pk": {"S": "1"}}])
    with pytest.raises(TimeoutError):
        get_all(busy, TABLE, [{"pk": {"S": "1"}}])
