"""Letters that did not arrive: marked on the prescription, sent once more, or settled by hand.

The mark is an alert of the order, written with the letter, so that a list finds it without
reading letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment_messages import PrescriberMessageRequired
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.recording import record
from pharmonico.kit.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

LETTER_FAILED = "letter.failed"
LETTERS_MAX = 50
OPEN = frozenset({"queued", "sent", "acknowledged"})
REQUESTS = frozenset({"RxChangeRequest", "RxRenewalRequest"})
NOTHING_TO_REPEAT = "letter.not_failed"


def alerted(order: Order) -> Order:
    """The order with the mark."""
    if LETTER_FAILED in order.alerts:
        return order
    return order.model_copy(update={"alerts": (*order.alerts, LETTER_FAILED)})


def cleared(order: Order, changed: Sequence[OutgoingLetter], *, orders: Orders) -> Order:
    """The order without the mark, unless others failed than those that have changed."""
    if LETTER_FAILED not in order.alerts:
        return order
    keys = {letter.key for letter in changed}
    if any(letter.key not in keys for letter in unsettled(order.id, orders=orders)):
        return order
    alerts = tuple(alert for alert in order.alerts if alert != LETTER_FAILED)
    return order.model_copy(update={"alerts": alerts})


def unsettled(order_id: str, *, orders: Orders) -> list[OutgoingLetter]:
    """The letters that failed and of which nobody has said that it is settled, oldest first."""
    letters = orders.documents(order_id, OutgoingLetter)
    failed = (each for each in letters if each.status == "failed" and each.settled_at is None)
    return sorted(failed, key=lambda letter: letter.composed_at)


def resend(
    order_id: str,
    message_id: str,
    *,
    expected_revision: int,
    actor: Actor,
    orders: Orders,
    clock: Clock,
) -> Order:
    """Have a letter that failed sent once more, the same bytes; `Conflict` for any other.

    A request that another one of its kind has followed stays where it is.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    letter = orders.document(order_id, OutgoingLetter, message_id)
    if letter is None:
        raise NotFound("letter.not_found", "There is no such letter.")
    if letter.status != "failed" or not letter.raw_base64:
        raise Conflict(NOTHING_TO_REPEAT, f"It is {letter.status}: there is nothing to repeat.")
    if letter.message_type in REQUESTS:
        must_be_free(order_id, letter.message_type, orders=orders, more=0)
    return _queue(order, [letter], actor=actor, orders=orders, clock=clock)


def resend_all(order_id: str, *, actor: Actor, orders: Orders, clock: Clock) -> Order:
    """All of a prescription's that can be sent; `Conflict` where there is none."""
    order = orders.get(order_id)
    letters = _sendable(orders.documents(order_id, OutgoingLetter))
    if not letters:
        raise Conflict(NOTHING_TO_REPEAT, "No letter that failed can be sent as it is.")
    return _queue(order, letters, actor=actor, orders=orders, clock=clock)


def settled(order: Order, *, at: datetime, orders: Orders) -> tuple[Order, list[OutgoingLetter]]:
    """The order without the mark, and its letters of which somebody says that they are settled."""
    letters = [
        letter.model_copy(update={"settled_at": at})
        for letter in unsettled(order.id, orders=orders)
    ]
    return cleared(order, letters, orders=orders), letters


def must_be_free(order_id: str, message_type: str, *, orders: Orders, more: int = 1) -> None:
    """One open request of a kind at a time: two answers could contradict each other.

    `more` letters are about to be written.
    """
    letters = orders.documents(order_id, OutgoingLetter)
    if len(letters) + more > LETTERS_MAX:
        raise Conflict("letter.too_many", "So many letters were written that somebody must call.")
    if any(each.message_type == message_type and each.status in OPEN for each in letters):
        raise Conflict("letter.open", "A request of this kind still waits for its answer.")


def _sendable(letters: Iterable[OutgoingLetter]) -> list[OutgoingLetter]:
    """Of several requests of a kind the newest, unless one is open; every other letter."""
    known = sorted(letters, key=lambda letter: letter.composed_at, reverse=True)
    asked = {each.message_type for each in known if each.status in OPEN} & REQUESTS
    chosen = []
    for letter in known:
        if letter.status != "failed" or letter.settled_at or not letter.raw_base64:
            continue
        if letter.message_type in REQUESTS:
            if letter.message_type in asked:
                continue
            asked.add(letter.message_type)
        chosen.append(letter)
    return chosen


def _queue(
    order: Order, letters: Sequence[OutgoingLetter], *, actor: Actor, orders: Orders, clock: Clock
) -> Order:
    again = {"status": "queued", "tries": 0, "problem": None, "failed_at": None}
    queued = [letter.model_copy(update=again) for letter in letters]
    after = cleared(order, queued, orders=orders)
    events = [
        record(
            PrescriberMessageRequired,
            after,
            before=order,
            clock=clock,
            actor=actor,
            message=letter.key,
            message_type=letter.message_type,
        )
        for letter in queued
    ]
    return orders.save(after, events=events, documents=queued)
