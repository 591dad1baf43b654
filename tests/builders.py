"""What tests are built from: one sensible default each, and only what matters spelled out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pharmonico.fulfillment.machine.waits import TIMEOUT_S, Wait, WaitName
from pharmonico.fulfillment.machine.work import OpenWait, Work
from pharmonico.fulfillment.order import Order, Origin, Summary
from pharmonico.fulfillment.ports import Pointers
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import FixedClock

if TYPE_CHECKING:
    from pharmonico.adapters.memory.orders import MemoryOrders

NOON = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:fulfillment:one"


def a_clock() -> FixedClock:
    return FixedClock(NOON)


def an_order(**changes: Any) -> Order:
    """A synthetic prescription in `received`, nobody's yet."""
    facts: dict[str, Any] = {
        "id": "rx_01TEST",
        "status": Status.RECEIVED,
        "created_at": NOON,
        "updated_at": NOON,
        "correlation_id": "cor_1",
        "origin": Origin(client_id="clinic", sender="1000000000001", message_id="EX-1"),
        "summary": Summary(
            patient_name="Jordan Doe",
            drug="Lipitor 20 MG Oral Tablet",
            ndc="00071015623",
            prescriber_name="Pat Prescriber",
            prescriber_npi="1234567893",
        ),
        "patient_id": "pat_01TEST",
    }
    return Order(**{**facts, **changes})


def stored(orders: MemoryOrders, **changes: Any) -> Order:
    """An order that is in the store, with no event on record yet."""
    order = an_order(**changes)
    pointers = Pointers(message=f"message-{order.id}", order_number=None, body_hash="hash")
    return orders.create(order, pointers=pointers, events=[], documents=[])


def a_wait(name: WaitName, **changes: Any) -> Wait:
    facts: dict[str, Any] = {
        "name": name,
        "run": 1,
        "execution": EXECUTION,
        "token": "token-1",
        "opened_at": NOON,
        "timeout_s": TIMEOUT_S[name],
    }
    return Wait(**{**facts, **changes})


def work(order_id: str = "rx_01TEST", **changes: Any) -> Work:
    return Work(**{"prescription_id": order_id, "run": 1, "execution": EXECUTION, **changes})


def opening(wait: WaitName, **changes: Any) -> OpenWait:
    facts = {"prescription_id": "rx_01TEST", "run": 1, "execution": EXECUTION}
    return OpenWait(**{**facts, "token": "token-1", "wait": wait, **changes})


def published(orders: MemoryOrders) -> list[str]:
    """The detail types a stream would have published, in order."""
    return [event.detail_type for event in orders.events]
