"""The hosted checkout in our words: the port, what it is asked for and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.kit.money import Money


@dataclass(frozen=True, slots=True)
class Demand:
    """What a session is opened for: ids and an amount, nothing about patient or medicine."""

    prescription_id: str
    attempt: int
    amount: Money

    @property
    def key(self) -> str:
        """The same demand always gets the same session, however often it is made."""
        money = f"{self.amount.amount_minor}{self.amount.currency}"
        return f"{self.prescription_id}:{self.attempt}:{money}"


@dataclass(frozen=True, slots=True)
class Session:
    """One checkout page; `url` is None once it is closed."""

    id: str
    state: Literal["open", "paid", "expired"]
    expires_at: datetime
    url: str | None = None
    payment_intent: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the provider tells us about a session or its payment; `event_id` marks repeats."""

    event_id: str
    kind: Literal["paid", "expired", "declined"]
    prescription_id: str
    attempt: int
    session_id: str | None = None
    payment_intent: str | None = None
    amount: Money | None = None


class Checkouts(Protocol):
    """Checkout sessions and refunds; every call may be repeated without doing it twice.

    Raises `Unavailable` when the provider does not answer usefully, `Rejected` when it refuses.
    """

    def open(self, demand: Demand) -> Session: ...

    def close(self, session_id: str) -> Session:
        """End an open session; one that was paid or has expired is answered as it is."""
        ...

    def refund(self, payment_intent: str) -> str:
        """Give everything back; answers the refund's id, also when it was given back before."""
        ...
