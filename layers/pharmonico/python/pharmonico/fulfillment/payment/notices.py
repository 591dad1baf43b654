"""What the payment provider reports, in any order and any number of times.

Money moves a prescription only when it is the amount that was asked for, paid for an attempt we
know. Money that nobody waits for any more goes back. A checkout lives for a day and the wait for a
week, so a page that ran out while the payment is awaited is followed by a fresh link.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.events.envelope import SYSTEM
from pharmonico.events.fulfillment import PaymentSuccessful
from pharmonico.events.fulfillment_payments import PaymentLinkRenewed
from pharmonico.fulfillment.adjudication.papers import is_undone
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.errors import OrderNotFound
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.machine.work import Outcome
from pharmonico.fulfillment.payment.ledger import (
    AMOUNT_MISMATCH,
    REFUNDED_OUTSIDE,
    alerted,
    is_held,
    settled,
)
from pharmonico.fulfillment.payment.mismatch import RESTING, hold
from pharmonico.fulfillment.payment.papers import RENEWALS_MAX, marked, owes_back, papers
from pharmonico.fulfillment.payment.refund import give_back
from pharmonico.fulfillment.payment.stage import issue
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status, reached

if TYPE_CHECKING:
    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts, Notice
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

PAID = Outcome(outcome="paid")
KEPT = Outcome(outcome="kept")
"""The money is in, but the prescription rests as failed: its redrive will find it."""
NOTED = Outcome(outcome="noted")
REPEATED = Outcome(outcome="repeated")
UNKNOWN = Outcome(outcome="unknown")
"""No such prescription or attempt of ours: answered with success, so that it is not sent again."""
MISMATCH = Outcome(outcome="amount_mismatch")
RENEWED = Outcome(outcome="renewed")
BESIDE_HELD = Outcome(outcome="paid")
"""The right amount came while money of another one lay held: that goes back now."""
REFUNDED_BEFORE = Outcome(outcome="refunded_before")
SURPLUS = Outcome(outcome="surplus")
REFUNDED = Outcome(outcome="refunded")

SKEW = timedelta(minutes=5)
"""How far the provider's clock may be ahead of ours."""

_UNPAID = frozenset({Status.ADJUDICATED, Status.AWAITING_PAYMENT})


def hear(notice: Notice, *, orders: Orders, checkouts: Checkouts, clock: Clock) -> Outcome:
    """Work the notice in; the outcome says what it changed."""
    outcome = on_conflict(lambda: _work_in(notice, orders=orders, checkouts=checkouts, clock=clock))
    order_id, back = notice.prescription_id, []
    if outcome is SURPLUS:
        back = [str(notice.attempt)]
    if outcome is BESIDE_HELD:
        back = [each.key for each in papers(order_id, orders=orders) if is_held(each)]
    for key in back:
        give_back(order_id, key, orders=orders, checkouts=checkouts, clock=clock)
    return REFUNDED if outcome is SURPLUS else outcome


def _work_in(notice: Notice, *, orders: Orders, checkouts: Checkouts, clock: Clock) -> Outcome:
    try:
        order, payment = orders.get_with(notice.prescription_id, Payment, str(notice.attempt))
    except OrderNotFound:
        return UNKNOWN
    if payment is None or notice.session_id not in (None, payment.session_id):
        return UNKNOWN
    if notice.kind == "paid":
        return _paid(order, payment, notice, orders=orders, clock=clock)
    if notice.event_id in payment.seen:
        return REPEATED
    noted = _note(payment, notice)
    if notice.kind == "expired" and _has_run_out(payment, clock):
        return _renew(order, noted, orders=orders, checkouts=checkouts, clock=clock)
    orders.put_document(order.id, noted)
    return NOTED


def _has_run_out(payment: Payment, clock: Clock) -> bool:
    """By itself: what we closed earlier is replaced by whoever closed it."""
    ends = payment.expires_at
    return payment.status == "open" and ends is not None and ends <= clock.now() + SKEW


def _renew(
    order: Order, ended: Payment, *, orders: Orders, checkouts: Checkouts, clock: Clock
) -> Outcome:
    """A fresh link while the payment is still awaited, in the write that ends the last one."""
    *earlier, last = papers(order.id, orders=orders)
    is_awaited = order.status is Status.AWAITING_PAYMENT and last.attempt == ended.attempt
    if not is_awaited or ended.attempt >= RENEWALS_MAX:
        orders.put_document(order.id, ended)
        return NOTED
    link = issue(
        order, [*earlier, ended], event=PaymentLinkRenewed, checkouts=checkouts, clock=clock
    )
    orders.save(link.order, events=[link.event], documents=[*link.papers, ended])
    return RENEWED


def _note(payment: Payment, notice: Notice) -> Payment:
    """A declined card or a closed session: the patient may try again, so nothing moves."""
    if notice.kind == "declined":
        return marked(payment, notice, declines=payment.declines + 1)
    if payment.status == "open":
        return marked(payment, notice, status="expired", url=None)
    return marked(payment, notice)


def _paid(
    order: Order, payment: Payment, notice: Notice, *, orders: Orders, clock: Clock
) -> Outcome:
    if payment.status == "refunded":
        return REPEATED
    if payment.status == "paid" or payment.problem is not None:
        return _again(order, payment, orders=orders)
    came = {"payment_intent": notice.payment_intent, "url": None}
    if notice.amount != payment.amount:
        wrong = {"status": "failed", "problem": AMOUNT_MISMATCH, "received": notice.amount}
        refused = marked(payment, notice, **came, **wrong)
        return _refuse(order, refused, orders=orders, clock=clock)
    paid = settled(marked(payment, notice, status="paid", **came))
    if paid.status == "refunded":
        hold(order, paid, reason=REFUNDED_OUTSIDE, orders=orders, clock=clock)
        return REFUNDED_BEFORE
    if order.status is Status.AWAITING_PAYMENT or _may_resume(order, orders=orders):
        after, events = _move(order, paid, clock=clock)
        if paid.refunds:  # a refund that failed was heard of before the money was
            after = alerted(after, paid, orders=orders)
        orders.save(after, events=events, documents=[paid])
        return BESIDE_HELD if AMOUNT_MISMATCH in order.alerts else PAID
    flagged = alerted(order, paid, orders=orders) if paid.refunds else order
    if flagged == order:
        orders.put_document(order.id, paid)
    else:
        orders.save(flagged, documents=[paid])
    return SURPLUS if is_surplus(order, paid, orders=orders) else KEPT


def _again(order: Order, payment: Payment, *, orders: Orders) -> Outcome:
    """Known already; what should have followed may have been cut short."""
    if is_surplus(order, payment, orders=orders):
        return SURPLUS
    is_settled = reached(order.status, Status.PAID)
    return BESIDE_HELD if is_settled and AMOUNT_MISMATCH in order.alerts else REPEATED


def _may_resume(order: Order, *, orders: Orders) -> bool:
    return order.status in RESTING and not is_undone(order.id, orders=orders)


def is_surplus(order: Order, payment: Payment, *, orders: Orders) -> bool:
    """Nobody waits for this money: cancelled, claim undone, or another attempt has paid."""
    if not owes_back(payment) or order.status in _UNPAID:
        return False
    if order.status is Status.CANCELLED:
        return True
    if order.status is Status.RETURNED and is_undone(order.id, orders=orders):
        return True
    if order.status in RESTING:
        return is_undone(order.id, orders=orders)
    if order.status is Status.FAILED and order.failed_from in _UNPAID:
        return False
    return order.payment_id != payment.payment_id


def _move(order: Order, paid: Payment, *, clock: Clock) -> tuple[Order, list[Event[Any]]]:
    """Paid; one that had been resting gets a new execution in the same write."""
    changes = {"payment_id": paid.payment_id, "hold_reason": None}
    after = order.moved(Status.PAID, at=clock.now(), **changes)
    success = record(PaymentSuccessful, after, before=order, clock=clock)
    if order.status is Status.AWAITING_PAYMENT:
        return after, [success]
    resumed, resumption = resume(after, actor=SYSTEM, clock=clock)
    return resumed, [success, resumption]


def _refuse(order: Order, refused: Payment, *, orders: Orders, clock: Clock) -> Outcome:
    """Another amount or currency than was asked for: it goes back, or a person must look."""
    if is_surplus(order, refused, orders=orders):
        flagged = alerted(order.changed(at=clock.now()), refused, orders=orders)
        orders.save(flagged, documents=[refused])
        return SURPLUS
    hold(order, refused, orders=orders, clock=clock)
    return MISMATCH
