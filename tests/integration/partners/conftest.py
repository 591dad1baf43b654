"""The real wiring of payment and shipping: AWS inside this process, the partners in the sandbox."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from pharmonico.adapters import aws, clients, secrets
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money
from pharmonico.kit.settings import settings

from local.sandbox.credentials import LOCAL_ONLY
from tests.builders import EXECUTION, an_order
from tests.gateway import Answer, send
from tests.integration.sandbox.conftest import Receiver, Sandbox, receiver, running, sandbox
from tests.unit.shipping.conftest import RX, a_pharmacy, an_enrollment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.order import Order

__all__ = ["Receiver", "Sandbox", "receiver", "running", "sandbox"]

TABLES = ("orders", "tokens", "directory")


@dataclass
class House:
    """The functions as deployed; only the task tokens are answered in memory."""

    sandbox: Sandbox
    receiver: Receiver
    machine: MemoryMachine

    def stage(self, module: Any, **changes: str) -> str:
        work = {"prescription_id": RX, "run": 1, "execution": EXECUTION, **changes}
        return str(module.lambda_handler(work, None)["outcome"])

    def deliver(self, module: Any, count: int) -> Answer:
        """Hand the latest of `count` webhooks to its function, as the edge would."""
        path, headers, body = self.receiver.wait_for(count)[-1]
        return send(module.lambda_handler, "POST", path, body=body, headers=headers)

    def move(self, status: Status, **changes: Any) -> None:
        """A stage that is not on trial here."""
        order = self.order
        aws.orders().save(order.moved(status, at=aws.CLOCK.now(), **changes))

    @property
    def order(self) -> Order:
        return aws.orders().get(RX)


@pytest.fixture
def house(sandbox: Sandbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    environment = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "PROVIDERS_SECRET": "providers",
        "LABELS_BUCKET": "labels",
        "STRIPE_URL": f"{sandbox.url}/stripe",
        "SHIPPO_URL": f"{sandbox.url}/shippo",
        "PORTAL_URL": "http://portal.localhost:8080",
        **{f"{name.upper()}_TABLE": name for name in TABLES},
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    machine = MemoryMachine()
    monkeypatch.setattr(aws, "StepFunctionsMachine", lambda _: machine)
    caches = (settings, clients.client, secrets._reader)
    with mock_aws():
        for cache in caches:
            cache.cache_clear()
        _furnish()
        yield House(sandbox, receiver, machine)
    for cache in caches:
        cache.cache_clear()


def _furnish() -> None:
    for table in TABLES:
        _table(table, "pk" if table == "tokens" else "pk sk")
    boto3.client("s3").create_bucket(Bucket="labels")
    keys = {**vars(LOCAL_ONLY), "signing_key": "k" * 32}
    boto3.client("secretsmanager").create_secret(Name="providers", SecretString=json.dumps(keys))
    pharmacy = a_pharmacy()
    item = {
        "pk": {"S": f"pharmacy#{pharmacy.pharmacy_id}"},
        "sk": {"S": "pharmacy"},
        "body": {"S": pharmacy.model_dump_json()},
    }
    boto3.client("dynamodb").put_item(TableName="directory", Item=item)
    order = an_order(
        status=Status.ADJUDICATED,
        owner=EXECUTION,
        pharmacy_id=pharmacy.pharmacy_id,
        patient_pay=Money(amount_minor=1250),
    )
    pointers = Pointers(message="message-1", order_number=None, body_hash="hash")
    aws.orders().create(order, pointers=pointers, events=[], documents=[an_enrollment()])


def _table(name: str, keys: str) -> None:
    names = keys.split()
    kinds = ("HASH", "RANGE")
    schema: Any = [{"AttributeName": n, "KeyType": k} for n, k in zip(names, kinds, strict=False)]
    boto3.client("dynamodb").create_table(
        TableName=name,
        KeySchema=schema,
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in names],
        BillingMode="PAY_PER_REQUEST",
    )
