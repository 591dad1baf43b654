"""Reading and marking the payment documents of a prescription, one per attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.payment.ledger import AMOUNT_MISMATCH, left_minor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pharmonico.fulfillment.payment.checkout import Notice, Session
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.money import Money

SEEN_MAX = 50

RENEWALS_MAX = 10
"""With so many links made, a person decides about the next."""


def papers(order_id: str, *, orders: Orders) -> tuple[Payment, ...]:
    """Every attempt, first to last (keys are text, so their own order would put 10 before 2)."""
    found = orders.documents(order_id, Payment)
    return tuple(sorted(found, key=lambda payment: payment.attempt))


def live_link(payments: Sequence[Payment], *, at: datetime) -> Payment | None:
    """The last attempt, if the patient can still use its link."""
    last = payments[-1] if payments else None
    if last is None or last.status != "open" or last.expires_at is None:
        return None
    return last if last.expires_at > at else None


def money_received(payments: Sequence[Payment], amount: Money) -> Payment | None:
    """An attempt that was paid in exactly this amount, and is not all on its way back."""
    paid = (each for each in payments if each.status == "paid" and left_minor(each) > 0)
    return next((payment for payment in paid if payment.amount == amount), None)


def with_session(payment: Payment, session: Session) -> Payment:
    return payment.model_copy(
        update={"session_id": session.id, "url": session.url, "expires_at": session.expires_at}
    )


def ended(payment: Payment, session: Session) -> Payment:
    """The attempt as its session ended; money may have come that no notice has told of yet."""
    if session.state != "paid":
        return payment.model_copy(update={"status": "expired"})
    came: dict[str, object] = {"payment_intent": session.payment_intent, "url": None}
    if session.paid == payment.amount:
        return payment.model_copy(update={**came, "status": "paid"})
    wrong = {"status": "failed", "problem": AMOUNT_MISMATCH, "received": session.paid}
    return payment.model_copy(update={**came, **wrong})


def owes_back(payment: Payment) -> bool:
    return payment.payment_intent is not None and payment.status != "refunded"


def marked(payment: Payment, notice: Notice, **changes: object) -> Payment:
    """The payment with the notice worked in."""
    seen = (*payment.seen, notice.event_id)[-SEEN_MAX:]
    return payment.model_copy(update={"seen": seen, **changes})
