"""A prescription that has come to the till, and everything around it in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.machine.waits import WaitName
from pharmonico.fulfillment.payment import links as payment_links
from pharmonico.fulfillment.payment import refund as payment_refund
from pharmonico.fulfillment.payment import refunding
from pharmonico.fulfillment.payment import reminding as payment_reminding
from pharmonico.fulfillment.payment import stage as payment
from pharmonico.fulfillment.payment.checkout import DisputeNotice, Notice, RefundNotice
from pharmonico.fulfillment.payment.hearing import hear
from pharmonico.fulfillment.payment.mismatch import accept
from pharmonico.fulfillment.payment.refunding import Wish
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money

from tests.builders import EXECUTION, a_clock, opening, published, stored, work

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import Outcome
    from pharmonico.fulfillment.order import Order
    from pharmonico.kit.clock import FixedClock

OPS = Actor(id="ops-1", role="ops")
SHARE = Money(amount_minor=1250)
RX = "rx_01TEST"


@dataclass
class Till:
    """Orders, checkout and machine in memory, with the verbs the tests read by."""

    clock: FixedClock = field(default_factory=a_clock)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    machine: MemoryMachine = field(default_factory=MemoryMachine)
    trail: MemoryAuditTrail = field(default_factory=MemoryAuditTrail)

    def __post_init__(self) -> None:
        self.checkouts = MemoryCheckouts(clock=self.clock)
        self._everywhere: dict[str, Any] = {
            "orders": self.orders,
            "checkouts": self.checkouts,
            "clock": self.clock,
        }

    def given(self, **changes: Any) -> Order:
        facts = {"status": Status.ADJUDICATED, "patient_pay": SHARE, "owner": EXECUTION}
        return stored(self.orders, **{**facts, **changes})

    def ask(self, **changes: Any) -> str:
        """The machine calls the stage."""
        asked = opening(WaitName.PAYMENT, **changes)
        return payment.open_payment(asked, machine=self.machine, **self._everywhere).outcome

    def remind(self) -> int:
        """The clock ticks."""
        return payment_reminding.remind(**self._everywhere)

    def resend(self) -> Payment | None:
        return payment_links.reissue_link(RX, actor=OPS, **self._everywhere)

    def hear(self, notice: Notice | RefundNotice | DisputeNotice) -> Outcome:
        return hear(notice, **self._everywhere)

    def wants_back(
        self, key: str, amount_minor: int | None = None, *, revision: int | None = None
    ) -> Payment:
        """Ops asks for money to go back."""
        wish = Wish(key=key, reason="service", note="late", amount_minor=amount_minor)
        _, payment = refunding.ask(
            RX,
            wish,
            actor=OPS,
            expected_revision=self.order.revision if revision is None else revision,
            orders=self.orders,
            clock=self.clock,
        )
        return payment

    def queue(self, key: str, attempt: int = 1) -> bool:
        """The queue brings the refund."""
        return refunding.carry_out(RX, attempt, key, **self._everywhere)

    def accepts(self, attempt: int = 1) -> Order:
        return accept(
            RX,
            attempt,
            note="the rest was waived",
            actor=OPS,
            expected_revision=self.order.revision,
            orders=self.orders,
            clock=self.clock,
        )

    def refund_notice(self, status: str, **changes: Any) -> RefundNotice:
        facts: dict[str, Any] = {
            "event_id": f"evt_{status}",
            "refund_id": "re_hand",
            "payment_intent": "pi_cs_1",
            "status": status,
            "amount": Money(amount_minor=500),
        }
        return RefundNotice(**{**facts, **changes})

    def dispute_notice(self, status: str, **changes: Any) -> DisputeNotice:
        facts: dict[str, Any] = {
            "event_id": f"evt_{status}",
            "dispute_id": "dp_1",
            "payment_intent": "pi_cs_1",
            "status": status,
            "reason": "fraudulent",
            "amount": SHARE,
        }
        return DisputeNotice(**{**facts, **changes})

    def refund(self) -> str:
        return payment_refund.refund_payment(work(), **self._everywhere).outcome

    def pays(self, attempt: int = 1, **changes: Any) -> Notice:
        """The patient pays at the checkout; what Stripe will tell us about it."""
        session = self.checkouts.pay(str(self.paper(attempt).session_id), changes.get("amount"))
        facts: dict[str, Any] = {
            "event_id": f"evt_{attempt}",
            "kind": "paid",
            "prescription_id": RX,
            "attempt": attempt,
            "session_id": session.id,
            "payment_intent": session.payment_intent,
            "amount": SHARE,
        }
        return Notice(**{**facts, **changes})

    def notice(self, kind: str, event_id: str = "evt_x", attempt: int = 1) -> Notice:
        facts: Any = {"event_id": event_id, "kind": kind, "attempt": attempt}
        return Notice(prescription_id=RX, **facts)

    @property
    def order(self) -> Order:
        return self.orders.get(RX)

    def paper(self, attempt: int = 1) -> Payment:
        found = self.orders.document(RX, Payment, str(attempt))
        assert found is not None
        return found

    @property
    def told(self) -> list[str]:
        return published(self.orders)

    def rests_as(self, status: Status) -> None:
        """Somebody else's move: a wait ran out, a stage failed, ops cancelled."""
        marks: dict[str, Any] = {"wait": None}
        if status is Status.FAILED:
            marks |= {"failed_from": self.order.status, "failure_step": "AwaitPayment"}
        self.orders.save(self.order.moved(status, at=self.clock.now(), **marks))


@pytest.fixture
def till() -> Till:
    return Till()
