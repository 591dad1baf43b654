"""One prescription's straight way in this process, the machine's part and the people's.

Every stage is called through its real handler, logging included, as Lambda would call it.
"""

from __future__ import annotations

import importlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ncpdp
from ncpdp.script import ScriptMessage
from pharmonico.adapters.aws import CLOCK
from pharmonico.adapters.memory.clients import MemoryClients
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Consent, Delivery, Insurance, Payment, Ranking
from pharmonico.fulfillment.enrollment.enroll import save_page, start_enrollment, submit
from pharmonico.fulfillment.intake.clients import ANY, Client
from pharmonico.fulfillment.intake.letters import Letter
from pharmonico.fulfillment.intake.receive import Desk, receive
from pharmonico.fulfillment.payment.checkout import Notice
from pharmonico.fulfillment.payment.notices import hear
from pharmonico.fulfillment.routing.selection import Choice, select_pharmacy
from pharmonico.fulfillment.shipping.parcels import Scan
from pharmonico.fulfillment.shipping.tracking import apply_scan

from local.demo import patient
from local.samples import freshened, new_mark, sample

if TYPE_CHECKING:
    from bench.world import World

STAGES = ("validate", "open_wait", "route", "adjudicate", "payment", "dispense", "ship", "complete")
CLIENT = Client(
    client_id="bench", name="bench", senders=frozenset({ANY}), prescriber_npis=frozenset({ANY})
)
OPS = Actor(id="usr_bench", role="ops")
EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:bench:"


@dataclass
class Play:
    """Plays prescriptions; `spent` collects the CPU seconds of every stage."""

    world: World
    spent: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in STAGES})

    def once(self) -> None:
        """From NewRx to completed."""
        rx = self.admit()
        self.stage("validate", rx, wait="enrollment")
        self.enroll(rx)
        self.stage("route", rx, wait="selection")
        self.select(rx)
        self.stage("adjudicate", rx)
        self.stage("payment", rx, wait="payment")
        self.pay(rx)
        self.stage("dispense", rx, wait="dispense")
        self.stage("ship", rx)
        self.stage("open_wait", rx, wait="delivery")
        self.deliver(rx)
        self.stage("complete", rx)

    def stage(self, function: str, rx: str, **more: str) -> None:
        """Call the handler as the machine does, and note the CPU it took."""
        handler = importlib.import_module(f"functions.{function}.handler").lambda_handler
        work = {"prescription_id": rx, "run": 1, "execution": EXECUTION + rx, **more}
        if more:
            work["token"] = f"{rx}-{more['wait']}"
        aside, start = self.world.aside_s[0], time.process_time()
        outcome = handler(work, None)
        spent = time.process_time() - start - (self.world.aside_s[0] - aside)
        if outcome["outcome"] in {"superseded", "held", "failed"}:
            raise RuntimeError(f"{function} answered {outcome}")
        self.spent[function].append(spent)

    def admit(self) -> str:
        raw = freshened(sample("newrx"), now=CLOCK.now(), mark=new_mark())
        message = ncpdp.parse(raw)
        if not isinstance(message, ScriptMessage):
            raise TypeError(type(message).__name__)
        desk = Desk(
            orders=self.world.orders,
            clients=MemoryClients([CLIENT]),
            tokens=self.world.tokens,
            clock=CLOCK,
            patient_key="bench" * 8,
        )
        letter = Letter(message, raw, "application/xml", CLIENT.client_id)
        order = receive(letter, actor=OPS, correlation_id="bench", desk=desk).order
        if order is None:
            raise TypeError("a NewRx waits for nothing")
        return order.id

    def enroll(self, rx: str) -> None:
        orders = self.world.orders
        start_enrollment(rx, actor=OPS, orders=orders, tokens=self.world.tokens, clock=CLOCK)
        for page in (
            Insurance.model_validate(patient.INSURANCE),
            Delivery.model_validate(patient.DELIVERY),
            Consent.model_validate(patient.CONSENT),
        ):
            save_page(rx, page, orders=orders, clock=CLOCK)
        submit(rx, orders=orders, clock=CLOCK)

    def select(self, rx: str) -> None:
        orders = self.world.orders
        ranking = orders.document(rx, Ranking)
        if ranking is None:
            raise RuntimeError(f"{rx} has no ranking")
        select_pharmacy(
            rx,
            Choice(ranking.candidates[0].pharmacy_id),
            actor=OPS,
            expected_revision=orders.get(rx).revision,
            orders=orders,
            directory=self.world.directory,
            clock=CLOCK,
        )

    def pay(self, rx: str) -> None:
        orders = self.world.orders
        payment = orders.documents(rx, Payment)[-1]
        notice = Notice(
            event_id=f"evt_{rx}",
            kind="paid",
            prescription_id=rx,
            attempt=payment.attempt,
            session_id=payment.session_id,
            payment_intent=f"pi_{rx}",
            amount=payment.amount,
        )
        nobody: Any = None  # the amount fits, so nothing is given back
        hear(notice, orders=orders, checkouts=nobody, clock=CLOCK)

    def deliver(self, rx: str) -> None:
        tracking = self.world.orders.get(rx).tracking
        if tracking is None:
            raise RuntimeError(f"{rx} has no parcel")
        scan = Scan(tracking.carrier, tracking.number, "DELIVERED", "", CLOCK.now())
        apply_scan(scan, orders=self.world.orders, clock=CLOCK)
