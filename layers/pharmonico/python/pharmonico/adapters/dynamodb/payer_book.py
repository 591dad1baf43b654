"""The payer's book on DynamoDB: plans, accounts and claims in a table of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.writes import write_all
from pharmonico.payer.account import Account
from pharmonico.payer.plans import Plan
from pharmonico.payer.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_dynamodb import DynamoDBClient

PLANS = "plans"
PLANS_KEPT_S = 60
PLANS_MAX = 1_000


class DynamoBook:
    """`pk` is `plans`, `account#<key>` or `claim#<key>`; plans are remembered for a minute."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table
        self._plans: tuple[Plan, ...] = ()
        self._read_at = -float(PLANS_KEPT_S)

    def plans(self) -> tuple[Plan, ...]:
        if time.monotonic() - self._read_at >= PLANS_KEPT_S:
            pages = self._client.get_paginator("query").paginate(
                TableName=self._table,
                KeyConditionExpression="pk = :plans",
                ExpressionAttributeValues={":plans": {"S": PLANS}},
                PaginationConfig={"MaxItems": PLANS_MAX},
            )
            self._plans = tuple(
                Plan.model_validate_json(item["body"]["S"])
                for page in pages
                for item in page["Items"]
            )
            self._read_at = time.monotonic()
        return self._plans

    def put_plan(self, plan: Plan) -> None:
        key = {"pk": {"S": PLANS}, "sk": {"S": f"{plan.bin}#{plan.pcn}#{plan.group}"}}
        self._client.put_item(
            TableName=self._table, Item={**key, "body": {"S": plan.model_dump_json()}}
        )
        self._read_at = -float(PLANS_KEPT_S)

    def account(self, key: str) -> Account:
        body = self._body(f"account#{key}")
        return Account.model_validate_json(body) if body else Account(key=key)

    def claim(self, key: str) -> Record | None:
        body = self._body(f"claim#{key}")
        return Record.model_validate_json(body) if body else None

    def settle(self, accounts: Sequence[Account], records: Sequence[Record]) -> None:
        puts = [_put(f"account#{account.key}", account) for account in accounts]
        puts += [_put(f"claim#{record.key}", record) for record in records]
        write_all(self._client, self._table, puts)

    def _body(self, key: str) -> str | None:
        answer = self._client.get_item(
            TableName=self._table, Key={"pk": {"S": key}, "sk": {"S": "1"}}, ConsistentRead=True
        )
        item: Any = answer.get("Item")
        return str(item["body"]["S"]) if item else None


def _put(key: str, thing: Account | Record) -> tuple[dict[str, Any], int]:
    raised = thing.model_copy(update={"version": thing.version + 1})
    item = {
        "pk": {"S": key},
        "sk": {"S": "1"},
        "version": {"N": str(raised.version)},
        "body": {"S": raised.model_dump_json()},
    }
    return item, thing.version
