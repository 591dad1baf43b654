"""CancelRx: find the sender's prescription, cancel it in time, answer the same every time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.intake.letters import message_key, order_number_key
from pharmonico.kit.errors import Conflict, NotFound, VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.intake.clients import Client
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

REASON = "prescriber_cancelled"
KNOWN_S = 30 * 86_400
"""How long a CancelRx is remembered by its MessageID; long after it the outcome stays the same."""


def cancel_by_message(
    letter: Letter, *, client: Client, actor: Actor, orders: Orders, tokens: Tokens, clock: Clock
) -> tuple[Order, datetime, bool]:
    """The prescription, when this CancelRx was first answered, and whether it was in time."""
    order_id = find_order(letter, orders=orders)
    # The message names a prescriber of the client's; what it points at must be theirs as well.
    if not client.signs_for(orders.get(order_id).summary.prescriber_npi):
        raise _unknown()
    if orders.find_message(letter.key) is not None:
        raise reused()
    at = _first_seen(letter, tokens=tokens, clock=clock)
    _keep(letter, order_id, orders=orders)
    try:
        order = cancel(order_id, reason=REASON, actor=actor, orders=orders, clock=clock)
    except IllegalMove:
        return orders.get(order_id), at, False
    return order, at, True


def find_order(letter: Letter, *, orders: Orders) -> str:
    """By the message it relates to, then by the prescriber's order number, within the sender."""
    header = letter.message.header
    if header.relates_to_message_id:
        found = orders.find_message(message_key(letter.sender, header.relates_to_message_id))
        if found is not None:
            return found.order_id
    if header.prescriber_order_number:
        number = order_number_key(letter.sender, header.prescriber_order_number)
        found = orders.find_order_number(number)
        if found is not None:
            return found.order_id
    raise _unknown()


def _unknown() -> NotFound:
    return NotFound("cancel.unknown_prescription", "No prescription of this sender is meant.")


def _first_seen(letter: Letter, *, tokens: Tokens, clock: Clock) -> datetime:
    """When this MessageID came first; the same id with another body is a clash."""
    now = clock.now()
    key = cancel_key(letter)
    if tokens.put_new(key, f"{letter.body_hash} {now.isoformat()}", ttl_s=KNOWN_S):
        return now
    body_hash, _, seen = (tokens.get(key) or "").partition(" ")
    if not seen:
        return now
    if body_hash != letter.body_hash:
        raise reused()
    return datetime.fromisoformat(seen)


def _keep(letter: Letter, order_id: str, *, orders: Orders) -> None:
    """The CancelRx goes to the prescription's papers; a copy of it is there already."""
    try:
        orders.put_document(order_id, letter.document(key=f"cancel-{letter.key[:16]}"))
    except VersionConflict:
        return


def cancel_key(letter: Letter) -> str:
    """Under this key it is remembered that the MessageID was a CancelRx's."""
    return f"cancel_rx#{letter.key}"


def reused() -> Conflict:
    return Conflict("message.id_reused", "This MessageID was used for another message.")
