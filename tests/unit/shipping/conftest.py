"""A dispensed prescription, a pharmacy and a carrier, all in memory and all synthetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.shipping import MemoryCarriers, MemoryLabels
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.directory import Hours, Pharmacy, Place
from pharmonico.fulfillment.documents import Delivery, Enrollment
from pharmonico.fulfillment.shipping import labels, tracking, worklist
from pharmonico.fulfillment.shipping import poll as tracking_poll
from pharmonico.fulfillment.shipping import stage as shipping_stage
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.shipping.parcels import Scan
from pharmonico.fulfillment.status import Status

from tests.builders import EXECUTION, NOON, a_clock, published, stored, work

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order, Tracking
    from pharmonico.kit.clock import FixedClock

RX = "rx_01TEST"
OPS = Actor(id="usr_ops", role="ops")


def a_pharmacy() -> Pharmacy:
    return Pharmacy(
        pharmacy_id="ph_0512345",
        ncpdp_id="0512345",
        npi="1234567893",
        name="Synthetic Pharmacy",
        synthetic=True,
        address=Place(line1="1 Mortar Way", city="Los Angeles", state="CA", postal_code="90001"),
        phone="2135550100",
        lat=34.0,
        lon=-118.0,
        licences={"CA": date(2030, 12, 31)},
        networks={},
        capacity=10,
        hours=Hours(zone="America/Los_Angeles", week=(*[(540, 1080)] * 7,), next_day_cutoff=900),
        on_time_rate=0.9,
    )


def an_enrollment(postal_code: str = "94103") -> Enrollment:
    return Enrollment(
        prescription_id=RX,
        started_at=NOON,
        started_by="ops-1",
        delivery=Delivery(
            name="Jordan Doe",
            line1="2 Test Street",
            city="San Francisco",
            state="CA",
            postal_code=postal_code,
            phone="4155550100",
        ),
    )


@dataclass
class Dock:
    """Orders, carriers and labels in memory, with the verbs the tests read by."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    carriers: MemoryCarriers = field(default_factory=MemoryCarriers)
    labels: MemoryLabels = field(default_factory=MemoryLabels)
    machine: MemoryMachine = field(default_factory=MemoryMachine)

    def __post_init__(self) -> None:
        self.directory = MemoryDirectory(pharmacies=[a_pharmacy()])
        self.tokens = MemoryTokens(clock=self.clock)

    def given(self, *, postal_code: str = "94103", **changes: Any) -> Order:
        facts = {"status": Status.DISPENSED, "pharmacy_id": "ph_0512345", "owner": EXECUTION}
        order = stored(self.orders, **{**facts, **changes})
        self.orders.put_document(order.id, an_enrollment(postal_code))
        return order

    def ship(self, *, run: int = 1, order_id: str = RX) -> str:
        return shipping_stage.ship(
            work(order_id, run=run),
            orders=self.orders,
            directory=self.directory,
            carriers=self.carriers,
            labels=self.labels,
            clock=self.clock,
            pause=self.pause,
        ).outcome

    def void(self) -> str:
        done = labels.void_label(
            work(),
            orders=self.orders,
            carriers=self.carriers,
            clock=self.clock,
            pause=self.pause,
        )
        return done.outcome

    def pause(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @property
    def bench(self) -> worklist.Bench:
        return worklist.Bench(
            actor=OPS,
            orders=self.orders,
            carriers=self.carriers,
            directory=self.directory,
            machine=self.machine,
            clock=self.clock,
        )

    def scanned(self, status: str, substatus: str = "", *, hours: float = 1, **changes: Any) -> str:
        """The carrier scans the parcel so many hours after noon."""
        return self.hear(self.scan(status, substatus, at=NOON + timedelta(hours=hours), **changes))

    def scan(self, status: str, substatus: str = "", *, at: datetime, **changes: Any) -> Scan:
        facts = {"carrier": self.tracking.carrier, "number": self.tracking.number, **changes}
        return Scan(status=status, substatus=substatus, at=at, **facts)

    def hear(self, scan: Scan) -> str:
        return tracking.apply_scan(scan, orders=self.orders, clock=self.clock).outcome

    def poll(self) -> tracking_poll.Poll:
        return tracking_poll.poll(
            orders=self.orders, tokens=self.tokens, carriers=self.carriers, clock=self.clock
        )

    def cancel(self) -> None:
        self.orders.save(self.order.moved(Status.CANCELLED, at=self.clock.now()))

    @property
    def order(self) -> Order:
        return self.orders.get(RX)

    @property
    def tracking(self) -> Tracking:
        assert self.order.tracking is not None
        return self.order.tracking

    @property
    def shipment(self) -> Shipment:
        found = self.orders.document(RX, Shipment)
        assert found is not None
        return found

    @property
    def told(self) -> list[str]:
        return published(self.orders)


@pytest.fixture
def dock() -> Dock:
    return Dock()


@pytest.fixture
def a_dock() -> type[Dock]:
    """Makes as many docks as a test needs."""
    return Dock


@pytest.fixture
def shipped(dock: Dock) -> Dock:
    """A parcel whose label is bought."""
    dock.given()
    dock.ship()
    return dock
