"""The directory port on each of its stores."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters.dynamodb.directory import (
    DynamoDirectory,
    medication_item,
    pharmacy_item,
    plan_item,
)
from pharmonico.adapters.dynamodb.rosters import (
    FRESH,
    KEPT_MAX,
    DynamoRosterPages,
    DynamoRosters,
    roster_items,
)
from pharmonico.adapters.memory.directory import MemoryDirectory

from local.importing.catalogue import DynamoCatalogue
from local.seed.directory import seed_client, seed_directory
from tests.builders import a_clock
from tests.contract.directory_contract import (
    LOCAL,
    MEDICATIONS,
    PHARMACIES,
    PLANS,
    SHIPPER,
    DirectoryContract,
)
from tests.contract.rosters_contract import KNOWN, RostersContract, names
from tests.prescribing import licences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.kit.clock import FixedClock
    from types_boto3_dynamodb import DynamoDBClient

TABLE = "directory"
NEW_YEAR = date(2026, 1, 1)


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


@pytest.fixture
def pages(client: DynamoDBClient) -> DynamoRosterPages:
    return DynamoRosterPages(client, TABLE)


@pytest.fixture
def clock() -> FixedClock:
    return a_clock()


@pytest.fixture
def rosters_of_table(client: DynamoDBClient, clock: FixedClock) -> DynamoRosters:
    return DynamoRosters(client, TABLE, clock=clock)


class TestMemory(DirectoryContract):
    @pytest.fixture
    def directory(self) -> MemoryDirectory:
        return MemoryDirectory(medications=MEDICATIONS, pharmacies=PHARMACIES, plans=PLANS)


class TestDynamo(DirectoryContract):
    @pytest.fixture
    def directory(self, client: DynamoDBClient) -> DynamoDirectory:
        items = [medication_item(entry) for entry in MEDICATIONS]
        items += [pharmacy_item(entry) for entry in PHARMACIES]
        items += [plan_item(entry) for entry in PLANS]
        for item in items:
            client.put_item(TableName=TABLE, Item=item)
        return DynamoDirectory(client, TABLE)


class TestMemoryRosters(RostersContract):
    @pytest.fixture
    def rosters(self) -> MemoryDirectory:
        return MemoryDirectory(pharmacies=KNOWN)


class TestDynamoRostersLoadedAtOnce(RostersContract):
    @pytest.fixture
    def rosters(self, client: DynamoDBClient, rosters_of_table: DynamoRosters) -> DynamoRosters:
        for item in roster_items(KNOWN):
            client.put_item(TableName=TABLE, Item=item)
        return rosters_of_table


class TestDynamoRostersKept(RostersContract):
    @pytest.fixture
    def rosters(self, pages: DynamoRosterPages, rosters_of_table: DynamoRosters) -> DynamoRosters:
        pages.keep((None, pharmacy) for pharmacy in KNOWN)
        return rosters_of_table


def test_a_change_reaches_a_running_process_within_a_minute(
    pages: DynamoRosterPages, rosters_of_table: DynamoRosters, clock: FixedClock
) -> None:
    pages.keep([(None, LOCAL)])
    assert names(rosters_of_table.roster("OH")) == [LOCAL.pharmacy_id]
    pages.keep([(None, SHIPPER)])
    assert len(rosters_of_table.roster("OH")) == 1
    clock.advance(FRESH)
    assert len(rosters_of_table.roster("OH")) == 2


def test_an_unchanged_roster_is_not_read_again(
    pages: DynamoRosterPages, rosters_of_table: DynamoRosters, clock: FixedClock
) -> None:
    pages.keep([(None, LOCAL)])
    before = rosters_of_table.roster("OH")
    clock.advance(FRESH)
    assert rosters_of_table.roster("OH") is before


def test_who_loses_a_licence_leaves_that_states_roster_and_who_closes_leaves_all(
    client: DynamoDBClient, pages: DynamoRosterPages
) -> None:
    def listed(state: str) -> list[str]:
        return names(DynamoRosters(client, TABLE, clock=a_clock()).roster(state))

    fewer = SHIPPER.model_copy(update={"licences": licences("OH")})
    pages.keep([(None, SHIPPER), (None, LOCAL)])
    assert listed("KY") == [SHIPPER.pharmacy_id]
    pages.keep([(SHIPPER, fewer)])
    assert (listed("KY"), len(listed("OH"))) == ([], 2)
    pages.keep([(fewer, None)])
    assert listed("OH") == [LOCAL.pharmacy_id]


def test_the_same_change_twice_writes_once(pages: DynamoRosterPages) -> None:
    assert pages.keep([(None, SHIPPER)]) == 3
    assert pages.keep([(None, SHIPPER)]) == 0


def test_a_process_keeps_a_bounded_number_of_rosters(
    pages: DynamoRosterPages, rosters_of_table: DynamoRosters
) -> None:
    pages.keep([(None, LOCAL)])
    first = rosters_of_table.roster("OH")
    for number in range(KEPT_MAX):
        rosters_of_table.roster(f"{number:02d}")
    assert rosters_of_table.roster("OH") is not first


def test_seeding_fills_the_directory_and_seeding_again_changes_nothing(
    client: DynamoDBClient,
) -> None:
    count = seed_directory(client, TABLE, crowd_size=5)
    before = everything(client)
    assert seed_directory(client, TABLE, crowd_size=5) == count
    assert everything(client) == before
    directory = DynamoDirectory(client, TABLE)
    lipitor = directory.medication("00071015623")
    assert lipitor is not None
    assert lipitor.generic == "atorvastatin calcium"
    assert directory.plan("610014", "MEDDPRIME", "EXGRP01") is not None


def everything(client: DynamoDBClient) -> dict[tuple[str, str], Any]:
    pages = client.get_paginator("scan").paginate(TableName=TABLE)
    items = (item for page in pages for item in page["Items"])
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}


def test_seeding_again_undoes_no_import(client: DynamoDBClient) -> None:
    seed_directory(client, TABLE, crowd_size=0)
    catalogue, codes = DynamoCatalogue(client, TABLE), ["00071015623", "00024540131"]
    priced, renamed = (catalogue.known(codes)[code] for code in codes)
    price = {"unit_price_minor": Decimal("4.2"), "price_source": "NADAC", "price_from": NEW_YEAR}
    changed = [
        priced.model_copy(update=price),
        renamed.model_copy(update={"source": "FDA-NDC", "name": "Renamed"}),
    ]
    catalogue.put(changed)
    seed_directory(client, TABLE, crowd_size=0)
    assert catalogue.known(codes) == {entry.ndc11: entry for entry in changed}


def test_the_demo_client_is_bound_to_its_prescribers(client: DynamoDBClient) -> None:
    seed_client(client, TABLE, "client-1")
    key = {"pk": {"S": "client#client-1"}, "sk": {"S": "client"}}
    body = client.get_item(TableName=TABLE, Key=key)["Item"]["body"]["S"]
    assert '"1234567802"' in body
    assert '"*"' in body
