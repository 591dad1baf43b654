"""Letters of one prescription, a prescriber's system in memory, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp.script import ScriptMessage, reply_error
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.prescribers import MemoryPrescribers
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.correspondence.sending import Post, send
from pharmonico.fulfillment.intake.clients import Client

from tests.builders import a_clock, stored
from tests.prescribing import RX, message

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

CLINIC = Client(
    client_id="clinic",
    name="Example Internal Medicine (synthetic)",
    senders=frozenset({"1000000000001"}),
    prescriber_npis=frozenset({"1234567802"}),
    endpoint_url="https://ehr.example/script",
)


@dataclass
class Correspondence:
    """What a test has at hand."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    prescribers: MemoryPrescribers = field(default_factory=MemoryPrescribers)
    clinic: Client = CLINIC

    @property
    def post(self) -> Post:
        return Post(
            orders=self.orders,
            clients=MemoryClients([self.clinic]),
            prescribers=self.prescribers,
            clock=self.clock,
        )

    def queued(self, cause: str = "evt_1") -> str:
        """A letter that lies ready: an Error that returns the prescription; answers its id."""
        original = ncpdp.from_json(message())
        assert isinstance(original, ScriptMessage)
        order = stored(self.orders) if RX not in self.orders._orders else self.orders.get(RX)
        said = reply_error(
            original,
            "900",
            "npi.check_digit",
            "The prescriber's NPI is wrong.",
            message_id=message_id_of(order.id, cause),
            sent_time=sent_time(self.clock.now()),
        )
        letter, event = compose(order, said, about="npi.check_digit", clock=self.clock)
        self.orders.save(order, events=[event], documents=[letter])
        return letter.key

    def send(self, message_id: str) -> None:
        send(RX, message_id, post=self.post)

    def letter(self, message_id: str) -> OutgoingLetter:
        found = self.orders.document(RX, OutgoingLetter, message_id)
        assert found is not None
        return found

    def told(self) -> list[tuple[str, Any]]:
        """Detail type and reason of every event."""
        return [
            (event.detail_type, getattr(event.data, "reason", None)) for event in self.orders.events
        ]


@pytest.fixture
def correspondence() -> Correspondence:
    return Correspondence()
