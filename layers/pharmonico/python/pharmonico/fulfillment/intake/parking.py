"""A CancelRx that comes before its NewRx waits for it, and is carried out when it arrives.

Both sides write first and look afterwards: the cancellation parks and looks for the prescription
again, the prescription is stored and then looks for what is parked. Whichever comes last finds the
other, and what both find is done once. The prescriber hears the outcome by CancelRxResponse.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from pharmonico.fulfillment.intake.letters import message_key, order_number_key
from pharmonico.fulfillment.intake.papers import Parked
from pharmonico.kit.errors import TooMany, VersionConflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.fulfillment.intake.clients import Clients
    from pharmonico.fulfillment.intake.letters import Letter
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

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
        from pharmonico.fulfillment.intake.unparking import (  # noqa: PLC0415 - they seldom wait
            carry_out,
        )

        carry_out(parked, order.id, orders=orders, clock=clock)
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
