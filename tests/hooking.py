"""A clinic with an endpoint, on the memory adapters, and a receiver that checks signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.webhooks import (
    MemoryDeliveries,
    MemoryDispatch,
    MemoryEndpoints,
    MemoryReceivers,
)
from pharmonico.events import fulfillment as happened
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.webhooks.endpoint import client_audience
from pharmonico.fulfillment.webhooks.fanning import fan_out
from pharmonico.fulfillment.webhooks.registering import register
from pharmonico.fulfillment.webhooks.sending import Mailroom, deliver

from tests.builders import a_clock, an_order, stored

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.webhooks.delivery import Delivery
    from pharmonico.fulfillment.webhooks.endpoint import Endpoint
    from pharmonico.kit.clock import FixedClock

CLINIC = client_audience("clinic")
OWNER = Actor(id="clinic", role="provider")
URL = "https://clinic.example/hooks"
RX = "rx_01TEST"
HEARD = ("prescription_dispensed", "prescription_cancelled")


def signature_fits(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    """As a receiver checks it, by the specification and none of our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [each.partition(",") for each in headers["webhook-signature"].split()]
    return any(version == "v1" and value == wanted for version, _, value in given)


@dataclass
class Office:
    """Everything between an event and a receiver."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    endpoints: MemoryEndpoints = field(default_factory=MemoryEndpoints)
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    dispatch: MemoryDispatch = field(default_factory=MemoryDispatch)
    receivers: MemoryReceivers = field(default_factory=MemoryReceivers)
    is_stored: bool = False

    @property
    def room(self) -> Mailroom:
        return Mailroom(
            endpoints=self.endpoints,
            deliveries=self.deliveries,
            receivers=self.receivers,
            clock=self.clock,
        )

    def registered(self, audience: str = CLINIC, url: str = URL, **changes: Any) -> Endpoint:
        events = changes.pop("events", HEARD)
        return register(
            audience,
            url,
            events,
            description="",
            actor=OWNER,
            endpoints=self.endpoints,
            clock=self.clock,
        )

    def happens(
        self, kind: type[Event[Any]] = happened.PrescriptionDispensed, **extra: Any
    ) -> Event[Any]:
        """The event of a prescription of the clinic's, told to whoever listens."""
        if not self.is_stored:
            stored(self.orders, id=RX)
            self.is_stored = True
        order = an_order(id=RX, status=Status.DISPENSED)
        event = record(kind, order, before=an_order(id=RX), clock=self.clock, **extra)
        self.fan_out(event)
        return event

    def fan_out(self, event: Event[Any]) -> int:
        return fan_out(
            event,
            orders=self.orders,
            endpoints=self.endpoints,
            deliveries=self.deliveries,
            dispatch=self.dispatch,
            clock=self.clock,
        )

    def work(self) -> list[int | None]:
        """One try of every task in the queue; those that shall come again stay in it."""
        tasks, self.dispatch.tasks = self.dispatch.tasks, []
        pauses = []
        for task in tasks:
            pauses.append(deliver(task, room=self.room))
            if pauses[-1] is not None:
                self.dispatch.tasks.append(task)
        return pauses

    def log(self, endpoint: Endpoint) -> tuple[Delivery, ...]:
        return self.deliveries.page(endpoint.endpoint_id, limit=100).items

    @property
    def received(self) -> list[Any]:
        return [json.loads(body) for _, body, _ in self.receivers.posted]
