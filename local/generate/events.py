"""Schema and example of every event's detail, from the classes; examples are the same each time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pharmonico.events.envelope import Actor, Event, Meta
from pharmonico.events.registry import EVENTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

META = Meta(
    event_id="evt_01K5EXAMP1E000000000000001",
    occurred_at=datetime(2026, 9, 15, 12, 0, tzinfo=UTC),
    correlation_id="cor_01K5EXAMP1E000000000000002",
    causation_id=None,
    actor=Actor(id="system", role="system"),
)
IDS = {
    "prescription_id": "rx_01K5EXAMP1E000000000000003",
    "run": 1,
    "patient_id": "pat_EXAMPLE2EXAMPLE3EXAMPLE4EX",
}
LATER_IDS = {
    "pharmacy_id": "phm_0001",
    "claim_id": "clm_01K5EXAMP1E000000000000004",
    "payment_id": "pay_01K5EXAMP1E000000000000005",
    "shipment_id": "shp_01K5EXAMP1E000000000000006",
}
KNOWN_WHEN = {
    "pharmacy_id": "pharmacy_selected",
    "claim_id": "claim_adjudicated",
    "payment_id": "payment_link_required",
    "shipment_id": "shipping_label_generated",
}
EXTRAS = {
    "reason": "example_reason",
    "resume_at": "Route",
    "session": "5f2a9c",
    "message": "01K5EXAMP1E000000000000003-5f2a9c01",
    "message_type": "RxFill",
    "attempt": 1,
    "refund": "5f2a9c01",
    "what": "insurance",
}

MOVES: dict[str, tuple[str | None, str]] = {
    "intake_received": (None, "received"),
    "prescription_validated": ("received", "validated"),
    "validation_failed": ("received", "validation_issue"),
    "prescription_corrected": ("validation_issue", "validation_issue"),
    "enrollment_started": ("validated", "awaiting_enrollment"),
    "enrollment_reopened": ("validated", "awaiting_enrollment"),
    "enrollment_reminder_required": ("awaiting_enrollment", "awaiting_enrollment"),
    "patient_asked": ("awaiting_enrollment", "awaiting_enrollment"),
    "verification_code_requested": ("awaiting_enrollment", "awaiting_enrollment"),
    "enrollment_locked": ("awaiting_enrollment", "awaiting_enrollment"),
    "enrollment_completed": ("awaiting_enrollment", "awaiting_routing"),
    "enrollment_expired": ("awaiting_enrollment", "enrollment_expired"),
    "pharmacies_recommended": ("awaiting_routing", "awaiting_pharmacy_selection"),
    "no_pharmacy_found": ("awaiting_routing", "no_pharmacy"),
    "pharmacy_selected": ("awaiting_pharmacy_selection", "pharmacy_selected"),
    "pharmacy_overridden": ("awaiting_pharmacy_selection", "pharmacy_selected"),
    "claim_rejected": ("pharmacy_selected", "claim_rejected"),
    "claim_adjudicated": ("pharmacy_selected", "adjudicated"),
    "claim_reversed": ("cancelled", "cancelled"),
    "payment_link_required": ("adjudicated", "awaiting_payment"),
    "payment_link_renewed": ("awaiting_payment", "awaiting_payment"),
    "payment_reminder_required": ("awaiting_payment", "awaiting_payment"),
    "payment_successful": ("awaiting_payment", "paid"),
    "payment_failed": ("awaiting_payment", "payment_failed"),
    "payment_refunded": ("cancelled", "cancelled"),
    "payment_refund_requested": ("completed", "completed"),
    "payment_refund_failed": ("completed", "completed"),
    "payment_disputed": ("delivered", "delivered"),
    "wait_expired": ("awaiting_payment", "payment_expired"),
    "dispense_refused": ("awaiting_dispense", "awaiting_routing"),
    "prescription_dispensed": ("awaiting_dispense", "dispensed"),
    "prescriber_message_required": ("dispensed", "dispensed"),
    "prescriber_message_failed": ("dispensed", "dispensed"),
    "prescriber_answered": ("claim_rejected", "claim_rejected"),
    "prescription_changed": ("claim_rejected", "received"),
    "shipping_held": ("dispensed", "shipping_issue"),
    "shipping_label_generated": ("dispensed", "shipped"),
    "shipping_label_voided": ("cancelled", "cancelled"),
    "parcel_settled": ("returned", "returned"),
    "parcel_written_off": ("returned", "returned"),
    "shipment_updated": ("shipped", "in_transit"),
    "delivered": ("out_for_delivery", "delivered"),
    "delivery_exception": ("in_transit", "delivery_exception"),
    "prescription_completed": ("delivered", "completed"),
    "prescription_cancelled": ("awaiting_enrollment", "cancelled"),
    "prescription_failed": ("awaiting_routing", "failed"),
    "prescription_resumed": ("failed", "awaiting_routing"),
    "compensation_resumed": ("cancelled", "cancelled"),
}


def files() -> dict[str, str]:
    found: dict[str, str] = {}
    for detail_type, cls in EVENTS.items():
        area = cls.source.rpartition(".")[2]
        stem = f"events/{area}/{detail_type}.v{cls.version}"
        found[f"{stem}.schema.json"] = _text(schema(cls, area))
        found[f"{stem}.example.json"] = _text(example(cls))
    return found


def schema(cls: type[Event[Any]], area: str) -> dict[str, Any]:
    """What the `detail` of an EventBridge entry of this type holds."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:pharmonico:event:{area}:{cls.detail_type}:v{cls.version}",
        **cls.model_json_schema(mode="serialization"),
    }


def example(cls: type[Event[Any]]) -> dict[str, Any]:
    if cls.detail_type not in MOVES:
        raise LookupError(f"say in MOVES which move is an example of {cls.detail_type}")
    origin, target = MOVES[cls.detail_type]
    facts = {**IDS, **_ids_of(cls.detail_type), "status_from": origin, "status_to": target}
    extras = {name: EXTRAS[name] for name in _data_fields(cls) if name in EXTRAS}
    event = cls.model_validate({"meta": META, "data": {**facts, **extras}})
    return event.model_dump(mode="json")


def _data_fields(cls: type[Event[Any]]) -> frozenset[str]:
    data = cls.model_fields["data"].annotation
    return frozenset(getattr(data, "model_fields", ()))


def _ids_of(detail_type: str) -> dict[str, str]:
    """The ids a prescription has by the time the event is published."""
    order = list(MOVES)
    here = order.index(detail_type)
    return {
        name: value
        for name, value in LATER_IDS.items()
        if order.index(KNOWN_WHEN[name]) <= here < order.index("prescription_cancelled")
    }


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2) + "\n"
