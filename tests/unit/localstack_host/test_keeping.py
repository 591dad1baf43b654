"""Tables that the companion kept are taken over by a new LocalStack, once and only if they fit."""

from __future__ import annotations

from typing import Any

import pytest

from local.localstack_host.keeping import KeptTables

STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


class Tables:
    """The part of a DynamoDB client that is asked."""

    def __init__(self, *tables: dict[str, Any]) -> None:
        self.tables = {table["TableName"]: table for table in tables}

    def get_paginator(self, _: str) -> Tables:
        return self

    def paginate(self) -> list[dict[str, Any]]:
        return [{"TableNames": [name]} for name in self.tables]

    def describe_table(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803 - as boto3 has it
        return {"Table": self.tables[TableName] | {"ItemCount": 3}}

    def update_table(self, *, TableName: str, **changes: Any) -> None:  # noqa: N803 - the same
        self.tables[TableName] |= changes


def table(name: str = "orders", key: str = "pk", **more: Any) -> dict[str, Any]:
    return {
        "TableName": name,
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "AttributeDefinitions": [
            {"AttributeName": key, "AttributeType": "S"},
            {"AttributeName": "gsi", "AttributeType": "S"},
        ],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by_status",
                "KeySchema": [{"AttributeName": "gsi", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        **more,
    }


def described(wanted: dict[str, Any]) -> dict[str, Any]:
    """As DynamoDB tells of it later: in another order, with what it knows beside."""
    (index,) = wanted["GlobalSecondaryIndexes"]
    definitions = list(reversed(wanted["AttributeDefinitions"]))
    return wanted | {
        "AttributeDefinitions": definitions,
        "GlobalSecondaryIndexes": [index | {"IndexStatus": "ACTIVE", "ItemCount": 3}],
    }


def test_a_kept_table_is_taken_over_with_what_is_in_it() -> None:
    kept = KeptTables(Tables(described(table())))
    found = kept.taken_over(table(BillingMode="PAY_PER_REQUEST"))
    assert found is not None
    assert (found["TableName"], found["ItemCount"]) == ("orders", 3)


def test_a_second_one_of_the_name_is_the_companions_to_refuse() -> None:
    kept = KeptTables(Tables(described(table())))
    assert kept.taken_over(table()) is not None
    assert kept.taken_over(table()) is None


@pytest.mark.parametrize(
    "wanted", [table("audit"), table(key="id"), table(GlobalSecondaryIndexes=[])]
)
def test_another_table_is_made_as_usual(wanted: dict[str, Any]) -> None:
    assert KeptTables(Tables(described(table()))).taken_over(wanted) is None


def test_a_stream_that_the_kept_table_lacks_is_switched_on() -> None:
    tables = Tables(described(table()))
    found = KeptTables(tables).taken_over(table(StreamSpecification=STREAM))
    assert found is not None
    assert found["StreamSpecification"] == tables.tables["orders"]["StreamSpecification"] == STREAM
