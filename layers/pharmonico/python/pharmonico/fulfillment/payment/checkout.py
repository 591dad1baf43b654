"""The hosted checkout in our words: the port, what it is asked for and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.payment.records import DisputeStatus
    from pharmonico.kit.money import Money


Bearer = tuple[str, int]
"""A prescription and the number of its attempt."""


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
    """One checkout page; `url` is None once it is closed, `paid` what came once it was paid."""

    id: str
    state: Literal["open", "paid", "expired"]
    expires_at: datetime
    url: str | None = None
    payment_intent: str | None = None
    paid: Money | None = None


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

    @property
    def bearer(self) -> Bearer:
        return self.prescription_id, self.attempt


@dataclass(frozen=True, slots=True)
class RefundNotice:
    """How a refund stands; `key` is ours if it is one of ours, `bearer` whose money it is."""

    event_id: str
    refund_id: str
    payment_intent: str
    status: Literal["pending", "succeeded", "failed"]
    amount: Money
    key: str | None = None
    bearer: Bearer | None = None


@dataclass(frozen=True, slots=True)
class DisputeNotice:
    """How a dispute stands; `reason` is the bank's code for it."""

    event_id: str
    dispute_id: str
    payment_intent: str
    status: DisputeStatus
    reason: str
    amount: Money
    bearer: Bearer | None = None


@dataclass(frozen=True, slots=True)
class RefundDemand:
    """`key` names the refund at the provider for good; `amount` None is all that is left."""

    prescription_id: str
    attempt: int
    payment_intent: str
    key: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A refund that the provider has taken on."""

    id: str
    status: Literal["pending", "succeeded", "failed"]
    amount: Money


class Checkouts(Protocol):
    """Checkout sessions and refunds; every call may be repeated without doing it twice.

    Raises `Unavailable` when the provider does not answer usefully, `Rejected` when it refuses.
    """

    def open(self, demand: Demand) -> Session: ...

    def close(self, session_id: str) -> Session:
        """End an open session; one that was paid or has expired is answered as it is."""
        ...

    def refund(self, demand: RefundDemand) -> Receipt:
        """Give money back; the same key again, however late, answers the same refund.

        All that is left is also answered where it was given back before under another name.
        """
        ...

    def whose(self, payment_intent: str) -> Bearer | None:
        """The prescription and the attempt that a payment was made for; None for a stranger's."""
        ...
