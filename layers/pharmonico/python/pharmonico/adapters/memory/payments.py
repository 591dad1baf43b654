"""A checkout in memory, with the provider's habits: one session per key, refunds only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.payment.checkout import Demand, Session
from pharmonico.kit.errors import Rejected

if TYPE_CHECKING:
    from pharmonico.kit.clock import Clock

SESSION_LIFE = timedelta(hours=24)


class MemoryCheckouts:
    """`demands`, `refunds` show what was asked for; `pay` and `expire` play the patient."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._by_key: dict[str, str] = {}
        self.demands: list[Demand] = []
        self.refunds: dict[str, str] = {}

    def open(self, demand: Demand) -> Session:
        self.demands.append(demand)
        number = self._by_key.setdefault(demand.key, f"cs_{len(self._by_key) + 1}")
        return self._sessions.setdefault(number, self._new(number))

    def close(self, session_id: str) -> Session:
        session = self.session(session_id)
        if session.state == "open":
            session = self._put(replace(session, state="expired", url=None))
        return session

    def refund(self, payment_intent: str) -> str:
        if payment_intent not in {session.payment_intent for session in self._sessions.values()}:
            raise Rejected("payment.provider_rejected", "The payment provider refused.")
        return self.refunds.setdefault(payment_intent, f"re_{len(self.refunds) + 1}")

    def pay(self, session_id: str) -> Session:
        session = self.session(session_id)
        if session.state != "open":
            raise Rejected("payment.session_closed", "This checkout page is closed.")
        paid = replace(session, state="paid", url=None, payment_intent=f"pi_{session_id}")
        return self._put(paid)

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
