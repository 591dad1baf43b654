"""What every directory of provider systems must do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb.clients import DynamoClients, client_item
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.fulfillment.intake.clients import ANY, Client

from tests.builders import a_clock

if TYPE_CHECKING:
    from pharmonico.fulfillment.intake.clients import Clients

CLINIC = Client(
    client_id="clinic",
    name="Example Internal Medicine (synthetic)",
    senders=frozenset({"1000000000001"}),
    prescriber_npis=frozenset({ANY}),
)


@pytest.fixture(params=["memory", "dynamodb"])
def clients(request: pytest.FixtureRequest) -> Clients:
    if request.param == "memory":
        return MemoryClients([CLINIC])
    client = request.getfixturevalue("dynamodb")
    create_table(client)
    client.put_item(TableName="directory", Item=client_item(CLINIC))
    return DynamoClients(client, "directory", clock=a_clock())


def create_table(client: Any) -> None:
    keys = (("pk", "HASH"), ("sk", "RANGE"))
    client.create_table(
        TableName="directory",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
        BillingMode="PAY_PER_REQUEST",
    )


def test_a_known_client_comes_with_its_bindings(clients: Clients) -> None:
    assert clients.get("clinic") == CLINIC


def test_an_unknown_client_is_none(clients: Clients) -> None:
    assert clients.get("nobody") is None


def test_a_binding_is_a_minute_old_at_most(dynamodb: Any) -> None:
    create_table(dynamodb)
    clock = a_clock()
    clients = DynamoClients(dynamodb, "directory", clock=clock)
    assert clients.get("clinic") is None
    dynamodb.put_item(TableName="directory", Item=client_item(CLINIC))
    assert clients.get("clinic") == CLINIC
    renamed = CLINIC.model_copy(update={"name": "Renamed"})
    dynamodb.put_item(TableName="directory", Item=client_item(renamed))
    assert clients.get("clinic") == CLINIC
    clock.advance(timedelta(seconds=61))
    assert clients.get("clinic") == renamed


@pytest.mark.parametrize(
    ("bound", "asked", "speaks"),
    [({"1"}, "1", True), ({"1"}, "2", False), ({ANY}, "2", True), (set(), "1", False)],
)
def test_a_binding_names_senders_or_all(bound: set[str], asked: str, speaks: bool) -> None:
    changes = {"senders": frozenset(bound), "prescriber_npis": frozenset(bound)}
    client = CLINIC.model_copy(update=changes)
    assert client.speaks_as(asked) is speaks
    assert client.prescribes_as(asked) is speaks
