"""A checkout in memory, with the provider's habits: one session per key, refunds only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.payment.checkout import Receipt, Session
from pharmonico.kit.errors import Rejected
from pharmonico.kit.money import Money

if TYPE_CHECKING:
    from pharmonico.fulfillment.payment.checkout import Bearer, Demand, RefundDemand
    from pharmonico.kit.clock import Clock

SESSION_LIFE = timedelta(hours=24)


class MemoryCheckouts:
    """`demands`, `refunds` show what was asked for; `pay` and `expire` play the patient.

    Of what is `disputed` nothing goes back.
    """

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._by_key: dict[str, str] = {}
        self._asked: dict[str, Demand] = {}
        self.demands: list[Demand] = []
        self.refunds: dict[str, str] = {}
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self.disputed: set[str] = set()
        self._paid: dict[str, tuple[Money, Demand]] = {}

    def open(self, demand: Demand) -> Session:
        self.demands.append(demand)
        number = self._by_key.setdefault(demand.key, f"cs_{len(self._by_key) + 1}")
        self._asked.setdefault(number, demand)
        return self._sessions.setdefault(number, self._new(number))

    def close(self, session_id: str) -> Session:
        session = self.session(session_id)
        if session.state == "open":
            session = self._put(replace(session, state="expired", url=None))
        return session

    def refund(self, demand: RefundDemand) -> Receipt:
        intent = demand.payment_intent
        if intent not in self._paid:
            raise Rejected("payment.provider_rejected", "The payment provider refused.")
        made = self.receipts.get((intent, demand.key))
        left = self.left(intent)
        if made is None and left == 0 and demand.amount is None:
            return next(each for key, each in self.receipts.items() if key[0] == intent)
        if made is None and intent in self.disputed:
            raise Rejected("payment.provider_rejected", "The bank has this money.")
        if made is None:
            amount = demand.amount or Money(amount_minor=left)
            if amount.amount_minor > left:
                raise Rejected("payment.provider_rejected", "The payment provider refused.")
            made = Receipt(f"re_{len(self.receipts) + 1}", "succeeded", amount)
            self.receipts[intent, demand.key] = made
            self.refunds[intent] = made.id
        return made

    def whose(self, payment_intent: str) -> Bearer | None:
        paid = self._paid.get(payment_intent)
        return (paid[1].prescription_id, paid[1].attempt) if paid else None

    def left(self, payment_intent: str) -> int:
        """What the provider still has of a payment, in minor units."""
        came, _ = self._paid[payment_intent]
        back = (each for key, each in self.receipts.items() if key[0] == payment_intent)
        return came.amount_minor - sum(each.amount.amount_minor for each in back)

    @property
    def kept_minor(self) -> int:
        """All that patients paid and did not get back."""
        return sum(map(self.left, self._paid))

    def pay(self, session_id: str, amount: Money | None = None) -> Session:
        """The patient pays what the page asks for; another `amount` only a fault could bring."""
        session = self.session(session_id)
        if session.state != "open":
            raise Rejected("payment.session_closed", "This checkout page is closed.")
        demand = self._asked[session_id]
        came, intent = amount or demand.amount, f"pi_{session_id}"
        self._paid[intent] = (came, demand)
        paid = replace(session, state="paid", url=None, payment_intent=intent, paid=came)
        return self._put(paid)

    def take_back(self, payment_intent: str, amount_minor: int) -> None:
        """Somebody gives money back at the provider by hand."""
        receipt = Receipt("re_hand", "succeeded", Money(amount_minor=amount_minor))
        self.receipts[payment_intent, "by hand"] = receipt

    def reopen(self, session_id: str) -> Session:
        """A page that was still open in some browser when we closed it."""
        return self._put(replace(self.session(session_id), state="open"))

    def session(self, session_id: str) -> Session:
        try:
            return self._sessions[session_id]
        except KeyError:
            raise Rejected("payment.provider_rejected", "The payment provider refused.") from None

    def _new(self, number: str) -> Session:
        return Session(
            id=number,
            state="open",
            expires_at=self._clock.now() + SESSION_LIFE,
            url=f"https://checkout.example/{number}",
        )

    def _put(self, session: Session) -> Session:
        self._sessions[session.id] = session
        return session
