"""A patient, ops and the mail between them, on the memory adapters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.adapters.memory.cards import MemoryCards
from pharmonico.adapters.memory.contacts import MemoryContacts
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.senders import MemorySender
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.events.envelope import Actor, Event
from pharmonico.fulfillment.documents import (
    Consent,
    Delivery,
    Enrollment,
    Insurance,
    Notice,
    Script,
)
from pharmonico.fulfillment.enrollment.agreements import Agreement
from pharmonico.fulfillment.enrollment.consents import consents
from pharmonico.fulfillment.enrollment.enroll import save_page, start_enrollment
from pharmonico.fulfillment.enrollment.links import open_link
from pharmonico.fulfillment.enrollment.sessions import Session, read_session
from pharmonico.fulfillment.notification.notices import Desk, notify
from pharmonico.fulfillment.notification.ways import Manners
from pharmonico.fulfillment.status import Status

from tests.builders import a_clock, stored
from tests.stores import AgeingRedisTokens

if TYPE_CHECKING:
    from pharmonico.fulfillment.notification.contacts import Hours
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.kit.clock import FixedClock

OPS = Actor(id="usr_ops", role="ops")
BORN_ON = date(1979, 5, 17)
ANOTHER_DAY = date(1980, 5, 17)
RX = "rx_01TEST"
PORTAL = "https://portal.pharmonico.example"

INSURANCE = Insurance(bin="610014", pcn="MEDDPRIME", group="EXGRP01", member_id="YXE123456789")
DELIVERY = Delivery(
    name="Jordan Doe", line1="99 Test St", city="Columbus", state="OH", postal_code="43201"
)
AGREED = tuple(
    Agreement(id=each.id, version=each.version, text_hash=each.text_hash) for each in consents("en")
)
CONSENT = Consent(signed_name="Jordan Doe", treatment=True, privacy=True, agreements=AGREED)
PAGES = (INSURANCE, DELIVERY, CONSENT)


def a_script(**patient: Any) -> Script:
    facts = {
        "name": {"last_name": "Doe", "first_name": "Jordan"},
        "date_of_birth": BORN_ON.isoformat(),
        "contact": {
            "primary_telephone": {"number": "6145550120"},
            "email": "jordan.doe@example.org",
        },
    }
    message = {"type": "NewRx", "patient": {**facts, **patient}}
    return Script(media_type="application/xml", raw_base64="", message=message)


def new_tokens(clock: FixedClock) -> Tokens:
    """Where a world keeps its tokens; the enrollment's suite puts a real server in its place."""
    return MemoryTokens(clock=clock)


def held(tokens: Tokens) -> str:
    """All keys and values of the store, as they are kept."""
    if isinstance(tokens, AgeingRedisTokens):
        return repr([(key, tokens.server.get(key)) for key in tokens.server.scan_iter()])
    assert isinstance(tokens, MemoryTokens)
    return repr(tokens._values)


@dataclass
class World:
    """Everything an enrollment touches; `post` delivers what was published since the last time."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    cards: MemoryCards = field(default_factory=MemoryCards)
    email: MemorySender = field(default_factory=MemorySender)
    sms: MemorySender = field(default_factory=MemorySender)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    quiet: Hours | None = None
    posted: int = 0

    def __post_init__(self) -> None:
        self.tokens = new_tokens(self.clock)

    @property
    def desk(self) -> Desk:
        return Desk(
            orders=self.orders,
            tokens=self.tokens,
            senders={"email": self.email, "sms": self.sms},
            manners=Manners(self.contacts, lambda: "k" * 32, self.quiet),
            clock=self.clock,
            portal_url=PORTAL,
        )

    @property
    def enrollment(self) -> Enrollment:
        found = self.orders.document(RX, Enrollment)
        assert found is not None
        return found

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.orders.documents(RX, Notice)

    def validated(
        self, status: Status = Status.VALIDATED, *, rx: str = RX, **patient: Any
    ) -> World:
        stored(self.orders, id=rx, status=status)
        self.orders.put_document(rx, a_script(**patient))
        return self

    def start(self) -> None:
        start_enrollment(RX, actor=OPS, orders=self.orders, tokens=self.tokens, clock=self.clock)

    def post(self) -> None:
        """Hand every new event to the notification function."""
        events: list[Event[Any]] = self.orders.events[self.posted :]
        self.posted = len(self.orders.events)
        for event in events:
            notify(event, desk=self.desk)

    def invite(self) -> str:
        """Start (or start again, a minute later) and answer the token of the mail."""
        if self.posted:
            self.clock.advance(timedelta(seconds=61))
        self.start()
        self.post()
        return token_in(self.email.sent[-1][1].text)

    def open(self, token: str, born_on: date = BORN_ON) -> str:
        needs = {"orders": self.orders, "tokens": self.tokens, "clock": self.clock}
        return open_link(token, born_on, **needs).reference

    def read(self, reference: str) -> Session:
        return read_session(reference, tokens=self.tokens, clock=self.clock)

    def enter(self) -> Session:
        """Invited, link opened: a session."""
        return self.read(self.open(self.invite()))

    def save_all(self) -> None:
        for page in PAGES:
            save_page(RX, page, orders=self.orders, clock=self.clock)


def token_in(text: str) -> str:
    found = re.search(r"/#t=([\w-]+)", text)
    assert found is not None
    return found[1]


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None
    return found[0]
