"""The quick looks at the orders table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.probes import OPEN, TableProbe
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.status import Status

from tests.builders import a_clock, an_order
from tests.contract.conftest import create_orders_table


def test_a_table_that_is_there_answers_and_counts_what_is_open(dynamodb: Any) -> None:
    create_orders_table(dynamodb)
    orders, clock = DynamoOrders(dynamodb, "orders"), a_clock()
    probe = TableProbe(dynamodb, "orders", clock=clock)
    for number, status in enumerate([Status.RECEIVED, Status.RECEIVED, Status.COMPLETED]):
        pointers = Pointers(message=f"m{number}", order_number=None, body_hash="h")
        order = an_order(id=f"rx_{number}", status=status)
        orders.create(order, pointers=pointers, events=[], documents=[])
    assert probe.answers()
    assert probe.counts() == {status.value: 0 for status in OPEN} | {"received": 2}
    clock.advance(timedelta(seconds=29))
    orders.save(orders.get("rx_0").model_copy(update={"status": Status.VALIDATED}))
    assert probe.counts()["received"] == 2
    clock.advance(timedelta(seconds=2))
    assert probe.counts()["received"] == 1


def test_a_table_that_is_gone_does_not(dynamodb: Any) -> None:
    assert not TableProbe(dynamodb, "orders", clock=a_clock()).answers()
