"""What a receiver is sent: which event, when, about which prescription. The rest is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.events.envelope import Event


PREFIX = "msg"
TEST_TYPE = "webhook_test"


def message_id(event_id: str) -> str:
    """The event's own ULID under another prefix: the same event is the same message."""
    return f"{PREFIX}_{event_id.rpartition('_')[2]}"


def body_of(event: Event[Any]) -> str:
    """Thin on purpose: no id of a patient, nothing that says what was prescribed."""
    data = {"prescription_id": event.data.prescription_id, "status": event.data.status_to}
    if reason := getattr(event.data, "reason", None):
        data["reason"] = reason
    return _text(event.detail_type, event.meta.occurred_at, data)


def test_body(at: datetime) -> str:
    """A message that is about nothing, to try an endpoint with."""
    return _text(TEST_TYPE, at, {})


def _text(kind: str, at: datetime, data: dict[str, Any]) -> str:
    facts = {"type": kind, "timestamp": at.isoformat().replace("+00:00", "Z"), "data": data}
    return json.dumps(facts, separators=(",", ":"))
