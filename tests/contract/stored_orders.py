"""A prescription in a store, as it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import IntakeReceived
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.recording import record

from tests.builders import NOON, a_clock, an_order

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders

RX = "rx_01TEST"
ENROLLMENT = Enrollment(prescription_id=RX, started_at=NOON, started_by="usr_ops")


def created(orders: Orders, order_id: str = RX, **changes: Any) -> Order:
    order = an_order(id=order_id, **changes)
    pointers = Pointers(message=f"m-{order_id}", order_number=f"n-{order_id}", body_hash="body")
    event = record(IntakeReceived, order, before=None, clock=a_clock())
    return orders.create(order, pointers=pointers, events=[event], documents=[])
