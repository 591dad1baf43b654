"""Another amount or currency than was asked for: held for ops, who accept it or give it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import PaymentFailed, PaymentSuccessful
from pharmonico.fulfillment.adjudication.papers import is_undone
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.payment.ledger import AMOUNT_MISMATCH, alerted, is_held
from pharmonico.fulfillment.payment.records import Acceptance
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status, may_move
from pharmonico.kit.errors import Conflict, FieldError, Invalid

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

RESTING = frozenset({Status.PAYMENT_EXPIRED, Status.PAYMENT_FAILED})


def hold(
    order: Order, *changed: Payment, orders: Orders, clock: Clock, reason: str = AMOUNT_MISMATCH
) -> Order:
    """Rest it for ops with its reason; one that rests or failed already stays where it is."""
    now = clock.now()
    if may_move(order.status, Status.PAYMENT_FAILED):
        after = order.moved(Status.PAYMENT_FAILED, at=now, owner=None, hold_reason=reason)
    elif order.status in RESTING:
        after = order.changed(at=now, hold_reason=reason)
    else:
        after = order.changed(at=now)
    after = alerted(after, *changed, orders=orders)
    event = record(PaymentFailed, after, before=order, clock=clock, reason=reason)
    return orders.save(after, events=[event], documents=changed)


def accept(
    order_id: str,
    attempt: int,
    *,
    note: str,
    actor: Actor,
    expected_revision: int,
    orders: Orders,
    clock: Clock,
) -> Order:
    """Take what came as the whole payment; more than was asked may be given back in part then.

    Raises `Conflict` when no such money is held, when it is of another currency, and when the
    claim was taken back meanwhile: then it can only go back.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    payment = orders.document(order_id, Payment, str(attempt))
    if payment is None or not is_held(payment) or order.status not in RESTING:
        raise Conflict("payment.nothing_held", "No money is held for this prescription.")
    _check(payment, order, note, orders)
    word = Acceptance(note=note.strip(), by=actor.id, role=actor.role, at=clock.now())
    accepted = payment.model_copy(update={"status": "paid", "accepted": word})
    changes: dict[str, Any] = {"payment_id": payment.payment_id, "hold_reason": None}
    paid = order.moved(Status.PAID, at=clock.now(), **changes)
    success = record(PaymentSuccessful, paid, before=order, clock=clock, actor=actor)
    after, resumption = resume(paid, actor=actor, clock=clock)
    after = alerted(after, accepted, orders=orders)
    return orders.save(after, events=[success, resumption], documents=[accepted])


def _check(payment: Payment, order: Order, note: str, orders: Orders) -> None:
    if not note.strip():
        error = FieldError("/note", "note.required", "Say why, in a few words.")
        raise Invalid("payment.note_required", "This needs a note.", (error,))
    if payment.received is None or payment.received.currency != payment.amount.currency:
        raise Conflict("payment.other_currency", "Money of another currency can only go back.")
    if is_undone(order.id, orders=orders):
        raise Conflict("payment.claim_reversed", "The claim was taken back: give this back too.")
