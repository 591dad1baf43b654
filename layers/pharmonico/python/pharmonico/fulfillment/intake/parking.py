"""A CancelRx that comes before its NewRx waits for it, and is carried out when it arrives.

Both sides write first and look afterwards: the cancellation parks and looks for the prescription
again, the prescription is stored and then looks for what is parked. Whichever comes last finds the
other, and what both find is done once. The prescriber hears the outcome by CancelRxResponse.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import ncpdp
from ncpdp.script import ScriptMessage, cancel_response

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.intake.letters import message_key, order_number_key
from pharmonico.fulfillment.intake.papers import Parked
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import TooMany, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

REASON = "prescriber_cancelled"
TOO_LATE = "The medicine was handed to the carrier."
WAITS_FOR = timedelta(days=7)
"""So long a CancelRx waits; a NewRx that comes later still is a new prescription."""
PARKED_MAX = 100
"""So many a day from one sender; whoever sends more has mistaken the references."""
_DAY_S = 86_400


class Reference(NamedTuple):
    """What a cancellation calls its prescription by: a MessageID or an order number, and its key.

    Both keys are made alike, so that the kind belongs to them.
    """

    kind: Literal["message", "number"]
    key: str

    @property
    def shelf(self) -> str:
        """Where what waits for it lies, in place of a prescription's id."""
        return f"parked-{self.kind}-{self.key}"


def meant_by(letter: Letter) -> tuple[Reference, ...]:
    """How a CancelRx refers to its prescription; nothing where it does not."""
    return _references(letter, letter.message.header.relates_to_message_id)


def known_by(letter: Letter) -> tuple[Reference, ...]:
    """How a NewRx would be referred to."""
    return _references(letter, letter.message.header.message_id)


def _references(letter: Letter, message_id: str | None) -> tuple[Reference, ...]:
    number, found = letter.message.header.prescriber_order_number, []
    if message_id:
        found.append(Reference("message", message_key(letter.sender, message_id)))
    if number:
        found.append(Reference("number", order_number_key(letter.sender, number)))
    return tuple(found)


def park(letter: Letter, *, orders: Orders, tokens: Tokens, clock: Clock) -> None:
    """Keep it under every key it gives; the same message again is kept once.

    Raises `TooMany` for a sender whose cancellations mostly mean nothing.
    """
    if tokens.count(f"parked#{letter.sender}", ttl_s=_DAY_S) > PARKED_MAX:
        raise TooMany(
            "cancel.too_many_parked",
            "Too many cancellations of this sender wait for their prescription.",
            retry_after_s=_DAY_S,
        )
    paper, now = letter.document(), clock.now()
    parked = Parked(
        key=letter.key[:16],
        client_id=letter.client_id,
        media_type=paper.media_type,
        raw_base64=paper.raw_base64,
        message=paper.message,
        parked_at=now,
        expires_at=now + WAITS_FOR,
    )
    for reference in meant_by(letter):
        with suppress(VersionConflict):  # the same message, sent again
            orders.put_document(reference.shelf, parked)


def apply_parked(
    references: tuple[Reference, ...],
    order: Order,
    *,
    orders: Orders,
    clients: Clients,
    clock: Clock,
) -> None:
    """Carry out what waited for this prescription; called again it does nothing new."""
    for shelf, parked in _waiting(references, orders=orders, clock=clock):
        client = clients.get(parked.client_id)
        if client is None or not client.signs_for(order.summary.prescriber_npi):
            continue
        approved = _cancelled(order.id, parked, orders=orders, clock=clock)
        _answer(order.id, parked, approved=approved, orders=orders, clock=clock)
        done = parked.model_copy(update={"applied_to": order.id})
        with suppress(VersionConflict):  # somebody else has just done the same
            orders.put_document(shelf, done)


def _waiting(
    references: tuple[Reference, ...], *, orders: Orders, clock: Clock
) -> Iterator[tuple[str, Parked]]:
    for reference in references:
        for parked in orders.documents(reference.shelf, Parked):
            if parked.applied_to is None and clock.now() < parked.expires_at:
                yield reference.shelf, parked


def _cancelled(order_id: str, parked: Parked, *, orders: Orders, clock: Clock) -> bool:
    """Whether it was in time; its message goes to the prescription's papers."""
    script = Script(
        key=f"cancel-{parked.key}",
        media_type=parked.media_type,
        raw_base64=parked.raw_base64,
        message=parked.message,
    )
    actor = Actor(id=parked.client_id, role=Role.PROVIDER)
    with suppress(VersionConflict):  # a copy of it is there already
        orders.put_document(order_id, script)
    try:
        cancel(order_id, reason=REASON, actor=actor, orders=orders, clock=clock)
    except IllegalMove:
        return False
    return True


def _answer(order_id: str, parked: Parked, *, approved: bool, orders: Orders, clock: Clock) -> None:
    message = ncpdp.from_json(parked.message, complete=False)
    if not isinstance(message, ScriptMessage):
        return
    message_id = message_id_of(order_id, f"cancel-{parked.key}")
    said = cancel_response(
        message,
        approved=approved,
        message_id=message_id,
        sent_time=sent_time(clock.now()),
        note=None if approved else TOO_LATE,
    )

    def write() -> None:
        if orders.document(order_id, OutgoingLetter, message_id) is not None:
            return
        order = orders.get(order_id)
        about = "approved" if approved else "denied"
        letter, event = compose(order, said, about=about, clock=clock)
        orders.save(order, events=[event], documents=[letter])

    on_conflict(write)
