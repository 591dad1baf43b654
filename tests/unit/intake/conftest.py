"""The intake's two doors on memory adapters, and messages to send through them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.fulfillment.intake.receive import Desk
from pharmonico.lambdas.http import Api

from functions.intake.doors import open_doors
from tests.builders import a_clock
from tests.gateway import Answer, send

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order

SAMPLES = Path(__file__).parents[1] / "ncpdp" / "samples"
NEW_RX = (SAMPLES / "newrx.xml").read_bytes()
CANCEL_RX = (SAMPLES / "cancelrx.xml").read_bytes()
SENDER, NPI = "1000000000001", "1234567802"
XML = "application/xml"


class ClinicVerifier:
    """Every token is the clinic's, or of the client it names."""

    def verify(self, token: str) -> Caller:
        return Caller(token, Kind.PROVIDER, frozenset({Role.PROVIDER}), client_id=token)


class Clinic:
    """A provider's system and what it has brought about."""

    def __init__(self) -> None:
        self.clock = a_clock()
        self.orders = MemoryOrders()
        self.bound = Client(
            client_id="clinic",
            name="Example Internal Medicine (synthetic)",
            senders=frozenset({SENDER}),
            prescriber_npis=frozenset({NPI}),
        )
        self.clients = MemoryClients([self.bound])
        self.desk = Desk(
            orders=self.orders,
            clients=self.clients,
            tokens=MemoryTokens(clock=self.clock),
            clock=self.clock,
            patient_key="k" * 32,
        )
        self.api = Api(verifier=ClinicVerifier, clock=self.clock)
        open_doors(self.api, lambda: self.desk)

    def post(
        self, path: str, body: bytes | str, media_type: str = XML, client: str = "clinic"
    ) -> Answer:
        headers = {"Authorization": f"Bearer {client}", "Content-Type": media_type}
        return send(self.api.handler, "POST", path, body=body, headers=headers)

    def script(self, body: bytes, **request: str) -> Answer:
        return self.post("/api/v1/script", body, **request)

    def intake(self, body: bytes | str, **request: str) -> Answer:
        return self.post("/api/intake", body, **request)

    @property
    def stored(self) -> list[Order]:
        return list(self.orders._orders.values())


def without(element: str, message: bytes = NEW_RX) -> bytes:
    """The message with every such element cut out."""
    return re.sub(rf"<{element}[ >].*?</{element}>".encode(), b"", message, flags=re.DOTALL)


def under_id(message_id: str, message: bytes = NEW_RX) -> bytes:
    start, end = b"<MessageID>", b"</MessageID>"
    return re.sub(start + b".*?" + end, start + message_id.encode() + end, message)


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()
