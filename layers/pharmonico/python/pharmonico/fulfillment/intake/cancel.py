"""CancelRx: find the sender's prescription, cancel it in time, answer the same every time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pharmonico.fulfillment.cancellation import PRESCRIBER_CANCELLED, cancel
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.intake.parking import apply_parked, meant_by, park
from pharmonico.kit.errors import Conflict, NotFound, VersionConflict

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.intake.clients import Client, Clients
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

KNOWN_S = 30 * 86_400
"""How long a CancelRx is remembered by its MessageID; long after it the outcome stays the same."""


class Cancelled(NamedTuple):
    """The prescription and whether it was in time; neither for one that waits for its NewRx."""

    order: Order | None
    at: datetime
    approved: bool | None


def cancel_by_message(
    letter: Letter,
    *,
    client: Client,
    actor: Actor,
    orders: Orders,
    clients: Clients,
    tokens: Tokens,
    clock: Clock,
) -> Cancelled:
    """Cancel what it means, or keep it until that arrives.

    `NotFound` for one that refers to nothing and for another prescriber's prescription.
    """
    order_id = find_order(letter, orders=orders)
    # The message names a prescriber of the client's; what it points at must be theirs as well.
    if order_id and not client.signs_for(orders.get(order_id).summary.prescriber_npi):
        raise _unknown()
    if orders.find_message(letter.key) is not None:
        raise reused()
    at = _first_seen(letter, tokens=tokens, clock=clock)
    if order_id is None or tokens.get(_parked_key(letter)) is not None:
        _park(letter, orders=orders, clients=clients, tokens=tokens, clock=clock)
        return Cancelled(None, at, None)
    _keep(letter, order_id, orders=orders)
    try:
        order = cancel(
            order_id, reason=PRESCRIBER_CANCELLED, actor=actor, orders=orders, clock=clock
        )
    except IllegalMove:
        return Cancelled(orders.get(order_id), at, approved=False)
    return Cancelled(order, at, approved=True)


def find_order(letter: Letter, *, orders: Orders) -> str | None:
    """By the message it relates to, then by the prescriber's order number, within the sender."""
    references = meant_by(letter)
    if not references:
        raise _unknown()
    for kind, key in references:
        found = orders.find_message(key) if kind == "message" else orders.find_order_number(key)
        if found is not None:
            return found.order_id
    return None


def _park(
    letter: Letter, *, orders: Orders, clients: Clients, tokens: Tokens, clock: Clock
) -> None:
    """A repeat is answered as the first time, so it is remembered that this one was parked."""
    if tokens.get(_parked_key(letter)) is None:
        park(letter, orders=orders, tokens=tokens, clock=clock)
        tokens.put(_parked_key(letter), "1", ttl_s=KNOWN_S)
    if order_id := find_order(letter, orders=orders):
        order = orders.get(order_id)
        apply_parked(meant_by(letter), order, orders=orders, clients=clients, clock=clock)


def _parked_key(letter: Letter) -> str:
    return f"parked_rx#{letter.key}"


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
