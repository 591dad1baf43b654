"""Carrying out a cancellation that waited: cancel, and answer the prescriber by a letter."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import ncpdp
from ncpdp.script import ScriptMessage, cancel_response

from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.cancellation import PRESCRIBER_CANCELLED, cancel
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.documents import Script
from pharmonico.fulfillment.errors import IllegalMove
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.intake.papers import Parked
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

TOO_LATE = "The medicine was handed to the carrier."


def carry_out(parked: Parked, order_id: str, *, orders: Orders, clock: Clock) -> None:
    """Every step may be repeated: a crash between two of them is made good by the next call."""
    approved = _cancelled(order_id, parked, orders=orders, clock=clock)
    _answer(order_id, parked, approved=approved, orders=orders, clock=clock)


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
        cancel(order_id, reason=PRESCRIBER_CANCELLED, actor=actor, orders=orders, clock=clock)
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
