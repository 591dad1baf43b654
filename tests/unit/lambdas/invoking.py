"""Every function on memory adapters, around the prescription that the samples speak of."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from itertools import product
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pharmonico.adapters import audit_signing, audit_vault, aws, probes, secrets, sms
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.cards import MemoryCards
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.adapters.memory.contacts import MemoryContacts
from pharmonico.adapters.memory.desk import MemoryDesk
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.adapters.memory.payer import MemoryPayer
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.adapters.memory.prescribers import MemoryPrescribers
from pharmonico.adapters.memory.records import MemoryRecords
from pharmonico.adapters.memory.senders import MemorySender
from pharmonico.adapters.memory.shipping import MemoryCarriers, MemoryLabels
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.adapters.memory.vault import MemorySigner, MemoryVault
from pharmonico.fulfillment.access import Caller, Kind, Role
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.fulfillment.routing.scoring import Policy
from pharmonico.lambdas.http.guard import Door

from local.generate.events import IDS
from local.generate.machine_inputs import execution
from local.sandbox.credentials import LOCAL_ONLY
from tests.billing import PAID, says
from tests.builders import a_clock, stored
from tests.prescribing import a_directory, a_pharmacy

if TYPE_CHECKING:
    import pytest
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.status import Status
    from pharmonico.kit.clock import FixedClock

RX = IDS["prescription_id"]
EXECUTION = execution("fulfillment")
CLINIC = Client(
    client_id="clinic",
    name="Example Internal Medicine (synthetic)",
    senders=frozenset({"1000000000001"}),
    prescriber_npis=frozenset({"1234567802"}),
    endpoint_url="https://ehr.example/script",
)


class Badges:
    """Knows every role by its name; a provider is the clinic."""

    def verify(self, token: str) -> Caller:
        role = Role(token)
        if role is Role.PROVIDER:
            return Caller("clinic", Kind.PROVIDER, frozenset({role}), client_id="clinic")
        return Caller(f"usr_{token}", Kind.STAFF, frozenset({role}))


@dataclass
class Bus:
    """Keeps what is published."""

    published: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, envelopes: list[dict[str, Any]]) -> None:
        self.published += envelopes


@dataclass
class KeptPages:
    """Keeps the changes of pharmacies that it is told of."""

    moves: list[tuple[Pharmacy | None, Pharmacy | None]] = field(default_factory=list)

    def keep(self, moves: list[tuple[Pharmacy | None, Pharmacy | None]]) -> int:
        self.moves += moves
        return len(moves)


@dataclass
class Cloud:
    """The adapters; a test prepares them, and a function finds them where it would find AWS."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    machine: MemoryMachine = field(default_factory=MemoryMachine)
    audit_trail: MemoryAuditTrail = field(default_factory=MemoryAuditTrail)
    vault: MemoryVault = field(default_factory=MemoryVault)
    signer: MemorySigner = field(default_factory=MemorySigner)
    bus: Bus = field(default_factory=Bus)
    cards: MemoryCards = field(default_factory=MemoryCards)
    records: MemoryRecords = field(default_factory=MemoryRecords)
    carriers: MemoryCarriers = field(default_factory=MemoryCarriers)
    labels: MemoryLabels = field(default_factory=MemoryLabels)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    email: MemorySender = field(default_factory=MemorySender)
    sms: MemorySender = field(default_factory=MemorySender)
    prescribers: MemoryPrescribers = field(default_factory=MemoryPrescribers)

    def __post_init__(self) -> None:
        self.tokens = MemoryTokens(clock=self.clock)
        self.checkouts = MemoryCheckouts(clock=self.clock)
        self.directory = self.rosters = a_directory(a_pharmacy())
        self.loads = self.orders.loads
        self.patients = MemoryPatients(self.orders)
        self.desk = MemoryDesk()
        self.routing_policy = Policy()
        self.roster_pages = KeptPages()
        self.payer = MemoryPayer(says(PAID))
        self.known_clients = MemoryClients([CLINIC])
        self.keys = secrets.Secrets(
            signing_key="k" * 32,
            stripe_webhook_secret=LOCAL_ONLY.stripe_webhook_secret,
            shippo_webhook_secret=LOCAL_ONLY.shippo_webhook_secret,
            twilio_auth_token=LOCAL_ONLY.twilio_auth_token,
        )

    @property
    def order(self) -> Order:
        return self.orders.get(RX)

    def given(self, status: Status, *papers: Document, **changes: Any) -> None:
        """The samples' prescription in this status, with these papers."""
        stored(self.orders, id=RX, status=status, **changes)
        for paper in papers:
            self.orders.put_document(RX, paper)

    def read(self) -> secrets.Secrets:
        """As the reader of secrets does."""
        return self.keys

    def wire(self, handler: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the adapters where the function looks for them."""
        for name in PORTS:
            monkeypatch.setattr(aws, name, _always(getattr(self, name)))
        monkeypatch.setattr(aws, "CLOCK", self.clock)
        monkeypatch.setattr(aws, "client", _always(None))
        monkeypatch.setattr(aws, "EventBridgeBus", _always(self.bus))
        monkeypatch.setattr(sms, "sender", _always(self.sms))
        monkeypatch.setattr(audit_vault, "vault", _always(self.vault))
        monkeypatch.setattr(audit_signing, "signer", _always(self.signer))
        monkeypatch.setattr(secrets, "_reader", _always(self))
        monkeypatch.setattr(probes.TableProbe, "answers", lambda _: True)
        for name, value in ENVIRONMENT.items():
            monkeypatch.setenv(name, value)
        for module, name in product(_modules(handler), IMPORTED):
            if callable(getattr(module, name, None)):  # one of them is a module elsewhere
                monkeypatch.setattr(module, name, _always(getattr(self, name)))
        if api := getattr(handler.lambda_handler, "__self__", None):
            monkeypatch.setattr(api, "_door", Door(verifier=Badges, sessions=api._door.sessions))
            monkeypatch.setattr(api, "_tokens", _always(self.tokens))
            monkeypatch.setattr(api, "clock", self.clock)


PORTS = (
    *("orders", "tokens", "cards", "records", "known_clients", "email", "machine", "audit_trail"),
    *("directory", "payer", "rosters", "loads", "routing_policy", "roster_pages", "patients"),
    "desk",
    "prescribers",
    "contacts",
)
IMPORTED = {"checkouts", "carriers", "labels"}
"""Factories that a handler has by name."""
ENVIRONMENT = {"ORDERS_TABLE": "orders", "EVENT_BUS": "bus", "AWS_DEFAULT_REGION": "us-east-1"}


def _modules(handler: ModuleType) -> list[ModuleType]:
    """The handler's own module and those of its folder that it imports."""
    own = (each for each in vars(handler).values() if isinstance(each, ModuleType))
    return [handler, *(each for each in own if each.__name__.startswith("functions."))]


def _always(port: Any) -> Any:
    return functools.partial(lambda port, *_, **__: port, port)
