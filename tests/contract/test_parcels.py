"""One contract for every store of orders: a parcel's number leads back to its prescription."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.kit.errors import VersionConflict

from tests.builders import NOON, an_order

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

KEY_SCHEMA = [
    {"AttributeName": "pk", "KeyType": "HASH"},
    {"AttributeName": "sk", "KeyType": "RANGE"},
]


@pytest.fixture(params=["memory", "dynamodb"])
def orders(request: pytest.FixtureRequest) -> Orders:
    if request.param == "memory":
        return MemoryOrders()
    client = request.getfixturevalue("dynamodb")
    client.create_table(
        TableName="orders",
        KeySchema=KEY_SCHEMA,
        AttributeDefinitions=[
            {"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in KEY_SCHEMA
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return DynamoOrders(client, "orders")


@pytest.fixture
def order(orders: Orders) -> Order:
    pointers = Pointers(message="message-1", order_number=None, body_hash="hash")
    return orders.create(an_order(), pointers=pointers, events=[], documents=[])


def test_a_parcel_leads_to_its_order(orders: Orders, order: Order) -> None:
    shipment = Shipment(shipment_id="shp_1", tracking_number="92")
    orders.save(order.changed(at=NOON), documents=[shipment], parcel="parcel-1")
    found = orders.find_parcel("parcel-1")
    assert found is not None
    assert found.order_id == order.id
    assert orders.document(order.id, Shipment) is not None


def test_a_parcel_nobody_sent_leads_nowhere(orders: Orders) -> None:
    assert orders.find_parcel("parcel-1") is None


def test_a_write_that_lost_its_race_leaves_no_parcel(orders: Orders, order: Order) -> None:
    orders.save(order.changed(at=NOON))
    with pytest.raises(VersionConflict):
        orders.save(order.changed(at=NOON), parcel="parcel-1")
    assert orders.find_parcel("parcel-1") is None
