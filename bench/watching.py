"""The demo's story with everybody acting at once, watched behind the API's back.

The demo asks the API how far a prescription is; here the table is read instead, so that every
call of the API that is counted is one that a person or a system needs to make.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.dynamodb.items import body_of
from pharmonico.adapters.dynamodb.keys import order_key
from pharmonico.fulfillment.status import IN_MACHINE, Status
from pharmonico.kit.clock import SystemClock

from local.demo import story as telling
from local.demo.story import Story
from local.place import LocalError

if TYPE_CHECKING:
    from local.cloud import Cloud

LOOK_S = 0.05
LIST = "/api/v1/prescriptions"


@dataclass(frozen=True)
class WatchedStory(Story):
    """The cast as in the demo; ops also open their worklist once before they choose."""

    cloud: Cloud

    def select(self, prescription: str) -> None:
        self.reach(prescription, Status.AWAITING_PHARMACY_SELECTION)
        self.ops.read(LIST, status=Status.AWAITING_PHARMACY_SELECTION)
        super().select(prescription)

    def _arrived(self, prescription: str, wanted: tuple[Status, ...]) -> dict[str, Any] | None:
        found = self._order(prescription)
        if found["status"] in wanted:
            return found
        if found["status"] not in IN_MACHINE:
            raise LocalError(f"{prescription} is {found['status']}: {found.get('hold_reason')}")
        return None

    def _order(self, prescription: str) -> dict[str, Any]:
        table = self.cloud.outputs["OrdersTable"]
        dynamodb = self.cloud.engine.client("dynamodb")
        item = dynamodb.get_item(TableName=table, Key=order_key(prescription), ConsistentRead=True)[
            "Item"
        ]
        return dict(json.loads(body_of(item)))


def play(cloud: Cloud) -> tuple[str, float]:
    """One prescription from NewRx to completed: its id, and the seconds that took."""
    telling.POLL_S = LOOK_S  # people act at once; the demo's pace would be measured otherwise
    cast = telling.story(cloud, say=lambda _: None)
    parts = {field.name: getattr(cast, field.name) for field in fields(cast)}
    watched = WatchedStory(**parts, cloud=cloud)
    start = time.monotonic()
    prescription = watched.play(clock=SystemClock())
    return prescription, time.monotonic() - start
