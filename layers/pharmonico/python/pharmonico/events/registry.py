"""Every event class by its detail type, for consumers and for the schema export."""

from __future__ import annotations

from typing import Any

from pharmonico.events import (
    fulfillment,
    fulfillment_messages,
    fulfillment_payments,
    fulfillment_shipping,
)
from pharmonico.events.envelope import Event


def _concrete(module: object) -> dict[str, type[Event[Any]]]:
    classes = (value for value in vars(module).values() if isinstance(value, type))
    return {
        cls.detail_type: cls
        for cls in classes
        if issubclass(cls, Event) and "detail_type" in vars(cls)
    }


EVENTS: dict[str, type[Event[Any]]] = (
    _concrete(fulfillment)
    | _concrete(fulfillment_messages)
    | _concrete(fulfillment_payments)
    | _concrete(fulfillment_shipping)
)


def read_event(detail_type: str, detail: dict[str, Any]) -> Event[Any]:
    """The typed event of an EventBridge detail; KeyError for a detail type we do not publish."""
    return EVENTS[detail_type].model_validate(detail)
