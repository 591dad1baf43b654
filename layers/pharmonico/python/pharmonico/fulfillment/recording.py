"""Turning a move into its event: the ids an order has, the move it made, and who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pharmonico.events.envelope import SYSTEM, Actor, Event, Meta
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.kit.clock import Clock

E = TypeVar("E", bound=Event[Any])


def record(
    event: type[E],
    after: Order,
    *,
    before: Order | None,
    clock: Clock,
    actor: Actor = SYSTEM,
    causation_id: str | None = None,
    **extra: Any,
) -> E:
    """The event of a move from `before` to `after`; `extra` fills what the event adds."""
    data = {
        "prescription_id": after.id,
        "run": after.run,
        "status_from": before.status if before else None,
        "status_to": after.status,
        "patient_id": after.patient_id,
        "pharmacy_id": after.pharmacy_id,
        "claim_id": after.claim_id,
        "payment_id": after.payment_id,
        "shipment_id": after.shipment_id,
        **extra,
    }
    meta = Meta(
        event_id=new_id("evt", clock=clock),
        occurred_at=clock.now(),
        correlation_id=after.correlation_id,
        causation_id=causation_id,
        actor=actor,
    )
    return event.model_validate({"meta": meta, "data": data})
